// Fails: run: unexpected fault address
package main

import (
	"fmt"
	"unsafe"
)

func main() {
	v := make([]int64, 4)
	first, last := unsafe.Pointer(&v[0]), unsafe.Pointer(&v[3])
	middle := (*int64)(unsafe.Pointer(uintptr(first) + uintptr(last))) // want uintptr-arithmetic
	fmt.Println(*middle)
}
