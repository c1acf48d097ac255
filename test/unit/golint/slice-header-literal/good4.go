package main

import (
	"reflect"
	"unsafe"
)

type span struct {
	start uintptr
	len   int
}

func sizes(b []byte) (int, span) {
	h := *(*reflect.SliceHeader)(unsafe.Pointer(&b))
	return h.Cap, span{start: h.Data, len: h.Len}
}

func main() {
	n, s := sizes(make([]byte, 3))
	println(n, s.len)
}
