package main

import (
	"io"
	"strings"
	"unsafe"
)

func b2s(b []byte) string { return *(*string)(unsafe.Pointer(&b)) }

func count(r io.Reader, known map[string]int) (n int) {
	buf := make([]byte, 3)
	for {
		if _, err := io.ReadFull(r, buf); err != nil {
			return n
		}
		n += known[b2s(buf)] // looked up only
		if b2s(buf) == "end" {
			return n
		}
	}
}

func main() { println(count(strings.NewReader("onetwo"), map[string]int{"one": 1})) }
