// Fails: run: panic: old is new
package main

import (
	"strings"
	"unsafe"
)

func main() {
	r := strings.NewReader("old new ")
	buf := make([]byte, 4)
	_, _ = r.Read(buf)
	first := unsafe.String(&buf[0], 3) // want bytes-string-alias
	_, _ = r.Read(buf)
	if first != "old" {
		panic("old is " + first)
	}
}
