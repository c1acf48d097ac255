// Fails: panic: runtime error: unsafe.Slice: len out of range, with the argument -1.
package main

import (
	"strconv"
	"unsafe"
)

func view(p *byte, text string) []byte {
	n, err := strconv.Atoi(text)
	if err != nil {
		return nil
	}
	return unsafe.Slice(p, n) // want unsafe-slice-length
}

func main() {
	var b byte
	println(len(view(&b, "-1")))
}
