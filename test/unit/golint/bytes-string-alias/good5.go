package main

import (
	"strings"
	"unsafe"
)

func names(r *strings.Reader) (out []string) {
	buf := make([]byte, 2)
	for {
		if _, err := r.Read(buf); err != nil {
			return out
		}
		name := unsafe.String(unsafe.SliceData(buf), len(buf))
		out = append(out, strings.Clone(name))
	}
}

func built(s string) string {
	b := make([]byte, len(s))
	copy(b, s)
	b[0] = 'x'
	return unsafe.String(unsafe.SliceData(b), len(b))
}

func main() { println(len(names(strings.NewReader("abcd"))), built("abc")) }
