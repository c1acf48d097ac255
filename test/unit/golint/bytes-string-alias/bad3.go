// Fails: run: panic: the list is
package main

import (
	"fmt"
	"unsafe"
)

func list(in []string) (out []string) {
	buf := make([]byte, 0, 16)
	for _, s := range in {
		buf = append(buf[:0], s...)
		name := unsafe.String(&buf[0], len(buf)) // want bytes-string-alias
		out = append(out, name)
	}
	return out
}

func main() {
	if l := list([]string{"a", "b", "c"}); l[0] != "a" {
		panic(fmt.Sprint("the list is ", l))
	}
}
