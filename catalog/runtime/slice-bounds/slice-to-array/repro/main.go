// Blob store: turns a digest from a manifest into a fixed-size key.
package main

import (
	"encoding/hex"
	"fmt"
)

type digest [32]byte

func parseDigest(text string) (digest, error) {
	raw, err := hex.DecodeString(text)
	if err != nil {
		return digest{}, fmt.Errorf("digest: %w", err)
	}
	return digest(raw), nil
}

func main() {
	for _, text := range []string{
		"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		"da39a3ee5e6b4b0d3255bfef95601890afd80709", // SHA-1
	} {
		d, err := parseDigest(text)
		fmt.Printf("%x %v\n", d[:4], err)
	}
}
