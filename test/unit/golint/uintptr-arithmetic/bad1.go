// Fails: run: unexpected fault address
package main

import (
	"fmt"
	"unsafe"
)

type header struct{ size, refs int64 }

func main() {
	h := &header{1, 2}
	p := unsafe.Pointer(&h.refs)
	before := (*header)(unsafe.Pointer(8 - uintptr(p))) // want uintptr-arithmetic
	fmt.Println(before.size)
}
