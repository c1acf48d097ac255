package main

import (
	"fmt"
	"unsafe"
)

func at(p *int32, i int) *int32 {
	return (*int32)(unsafe.Pointer(uintptr(unsafe.Pointer(p)) + 4*uintptr(i)))
}

func added(p unsafe.Pointer, n int) unsafe.Pointer { return unsafe.Add(p, n) }

func aligned(p unsafe.Pointer) unsafe.Pointer { return unsafe.Pointer(uintptr(p) &^ 7) }

func back(p unsafe.Pointer, n uintptr) unsafe.Pointer { return unsafe.Pointer(uintptr(p) - n) }

func main() {
	v := []int32{1, 2, 3, 4}
	p := unsafe.Pointer(&v[1])
	fmt.Println(*at(&v[0], 2), *(*int32)(added(p, 4)), aligned(p) != nil, *(*int32)(back(p, 4)))
}
