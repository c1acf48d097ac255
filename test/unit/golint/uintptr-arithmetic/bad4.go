// Fails: run: panic: another object is there now
package main

import (
	"fmt"
	"reflect"
	"runtime"
	"unsafe"
)

var others [][]byte

func header(n int) reflect.SliceHeader {
	b := make([]byte, n)
	b[0] = 7
	return *(*reflect.SliceHeader)(unsafe.Pointer(&b))
}

func main() {
	h := header(100000)
	runtime.GC()
	runtime.GC()
	for range 100 {
		other := make([]byte, 100000)
		other[0] = 8
		others = append(others, other)
	}
	first := (*byte)(unsafe.Pointer(h.Data)) // want uintptr-arithmetic
	if *first != 7 {
		panic("another object is there now")
	}
	fmt.Println(h.Len)
}
