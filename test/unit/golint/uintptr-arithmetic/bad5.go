// Fails: run: panic: another object is there now
package main

import (
	"fmt"
	"runtime"
	"unsafe"
)

type sliceHeader struct {
	Data uintptr
	Len  int
	Cap  int
}

var others [][]byte

func view(n int) *sliceHeader {
	b := make([]byte, n)
	b[0] = 7
	h := new(sliceHeader)
	*h = *(*sliceHeader)(unsafe.Pointer(&b))
	return h
}

func main() {
	h := view(100000)
	runtime.GC()
	runtime.GC()
	for range 100 {
		other := make([]byte, 100000)
		other[0] = 8
		others = append(others, other)
	}
	if first := (*byte)(unsafe.Pointer(h.Data)); *first != 7 { // want uintptr-arithmetic
		panic("another object is there now")
	}
	fmt.Println(h.Len)
}
