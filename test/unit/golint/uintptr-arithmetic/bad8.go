// Fails: vet: possible misuse of unsafe.Pointer
package main

import (
	"fmt"
	"reflect"
	"unsafe"
)

func first(s string) (*byte, int) {
	h := *(*reflect.StringHeader)(unsafe.Pointer(&s))
	if h.Len == 0 {
		return nil, 0
	}
	return (*byte)(unsafe.Pointer(h.Data)), h.Len // want uintptr-arithmetic
}

func main() {
	p, n := first("text")
	fmt.Println(*p, n)
}
