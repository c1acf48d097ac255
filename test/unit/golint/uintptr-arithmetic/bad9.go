// Fails: vet: possible misuse of unsafe.Pointer
package main

import (
	"fmt"
	"unsafe"
)

func aligned(p unsafe.Pointer) unsafe.Pointer {
	return unsafe.Pointer(uintptr(p) & ^uintptr(7)) // want uintptr-arithmetic
}

func main() {
	v := []int64{1, 2}
	fmt.Println(*(*int64)(aligned(unsafe.Add(unsafe.Pointer(&v[1]), 3))))
}
