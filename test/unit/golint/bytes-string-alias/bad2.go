// Fails: run: panic: the words are
package main

import (
	"fmt"
	"io"
	"strings"
	"unsafe"
)

func b2s(b []byte) string { return *(*string)(unsafe.Pointer(&b)) }

func words(r io.Reader) map[string]int {
	counts := make(map[string]int)
	buf := make([]byte, 3)
	for {
		if _, err := io.ReadFull(r, buf); err != nil {
			return counts
		}
		counts[b2s(buf)]++ // want bytes-string-alias
	}
}

func main() {
	if m := words(strings.NewReader("onetwotwo")); m["one"] != 1 {
		panic(fmt.Sprint("the words are ", m))
	}
}
