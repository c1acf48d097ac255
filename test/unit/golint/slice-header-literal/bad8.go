// Fails: run: panic: another object is there now
package main

/*
typedef float number;
*/
import "C"

import (
	"reflect"
	"runtime"
	"unsafe"
)

var others [][]float32

func fill(n int, with float32) []float32 {
	v := make([]float32, n)
	for i := range v {
		v[i] = with
	}
	return v
}

// A type of C does not make it memory of C.
func view(n int) []C.number {
	v := fill(n, 7)
	p := (*C.number)(unsafe.Pointer(&v[0]))
	h := reflect.SliceHeader{Data: uintptr(unsafe.Pointer(p)), Len: n, Cap: n} // want slice-header-literal
	runtime.GC()
	runtime.GC()
	for range 100 {
		others = append(others, fill(n, 8))
	}
	return *(*[]C.number)(unsafe.Pointer(&h))
}

func main() {
	if view(18000)[0] != 7 {
		panic("another object is there now")
	}
}
