// Fails: vet: possible misuse of unsafe.Pointer
package main

import (
	"fmt"
	"unsafe"
)

func at(p *int32, i int) *int32 {
	return (*int32)(unsafe.Pointer(4*uintptr(i) + uintptr(unsafe.Pointer(p)))) // want uintptr-arithmetic
}

func main() {
	v := []int32{1, 2, 3, 4}
	fmt.Println(*at(&v[0], 2))
}
