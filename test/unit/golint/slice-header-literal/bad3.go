// Fails: run: panic: another object is there now
package main

import (
	"runtime"
	"unsafe"
)

type header struct {
	Data uintptr
	Len  int
	Cap  int
}

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
	h := header{Data: uintptr(unsafe.Pointer(&v[0])), Len: 8 * n, Cap: 8 * n} // want slice-header-literal
	runtime.GC()
	runtime.GC()
	for range 100 {
		others = append(others, fill(n, 8))
	}
	return *(*[]byte)(unsafe.Pointer(&h))
}

func main() {
	if bytes(9000)[0] != 7 {
		panic("another object is there now")
	}
}
