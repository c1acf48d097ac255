// Fails: run: panic: the capacity is
package main

import (
	"fmt"
	"strings"
	"unsafe"
)

func toBytes(s string) []byte {
	return *(*[]byte)(unsafe.Pointer(&s)) // want unsafe-cast-larger
}

func main() {
	if b := toBytes(strings.Repeat("x", 5)); cap(b) != len(b) {
		panic(fmt.Sprint("the capacity is ", cap(b)))
	}
}
