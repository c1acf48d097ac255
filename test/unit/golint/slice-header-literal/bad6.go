// Fails: vet: possible misuse of reflect.SliceHeader
package main

import (
	"reflect"
	"unsafe"
)

func words(v []int32) []uint32 {
	return *(*[]uint32)(unsafe.Pointer(&reflect.SliceHeader{ // want slice-header-literal
		Data: uintptr(unsafe.Pointer(&v[0])),
		Len:  len(v),
		Cap:  len(v),
	}))
}

func main() { println(words([]int32{1})[0]) }
