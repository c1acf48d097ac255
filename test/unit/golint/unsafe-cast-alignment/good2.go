package main

import (
	"fmt"
	"unsafe"
)

// Multiples, each in its way.
func sum(b []byte) (s uint64) {
	for i := 0; i+8 <= len(b); i += 8 {
		s += *(*uint64)(unsafe.Pointer(&b[i]))
	}
	for i := range len(b) / 8 {
		s += *(*uint64)(unsafe.Pointer(&b[i*8]))
		s += *(*uint64)(unsafe.Pointer(&b[i<<3]))
	}
	n := len(b) - 8
	return s + *(*uint64)(unsafe.Pointer(&b[n&^7])) + *(*uint64)(unsafe.Pointer(&b[16]))
}

func main() {
	fmt.Println(sum(make([]byte, 64)))
}
