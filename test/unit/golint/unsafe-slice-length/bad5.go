// Fails: run: unsafe\.String: len out of range
// The input has fewer than 4 bytes.
package main

import "unsafe"

func body(packet []byte) string {
	return unsafe.String(unsafe.SliceData(packet), len(packet)-4) // want unsafe-slice-length
}

func main() { println(body([]byte{1})) }
