package main

import (
	"fmt"
	"unsafe"
)

// The difference of two addresses is a number, and used as one.
func distance(a, b unsafe.Pointer) uintptr { return uintptr(a) - uintptr(b) }

// An offset that was never an address.
func field(p unsafe.Pointer, n int) unsafe.Pointer {
	offset := uintptr(n) * 8
	offset += 8
	return unsafe.Pointer(uintptr(p) + offset)
}

// For a hash or a map's key a number is right.
func key(p unsafe.Pointer) uintptr {
	number := uintptr(p)
	return number>>4 ^ number
}

func main() {
	v := []int64{1, 2, 3}
	a, b := unsafe.Pointer(&v[0]), unsafe.Pointer(&v[2])
	fmt.Println(distance(b, a), *(*int64)(field(a, 0)), key(a) != 0)
}
