// Fails: run: panic: another object is there now
package main

import (
	"reflect"
	"runtime"
	"unsafe"
)

var others [][]int

func fill(n, with int) []int {
	v := make([]int, n)
	for i := range v {
		v[i] = with
	}
	return v
}

func bytes(n int) []byte {
	v := fill(n, 7)
	var h reflect.SliceHeader
	h.Data = uintptr(unsafe.Pointer(&v[0]))
	h.Len = 8 * len(v)
	h.Cap = h.Len
	runtime.GC()
	runtime.GC()
	for range 100 {
		others = append(others, fill(n, 8))
	}
	return *(*[]byte)(unsafe.Pointer(&h)) // want slice-header-literal
}

func main() {
	if bytes(9000)[0] != 7 {
		panic("another object is there now")
	}
}
