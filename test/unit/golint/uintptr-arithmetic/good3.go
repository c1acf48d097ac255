package main

import (
	"fmt"
	"reflect"
	"unsafe"
)

func bytesOf(s string) []byte {
	h := (*reflect.StringHeader)(unsafe.Pointer(&s))
	return unsafe.Slice((*byte)(unsafe.Pointer(h.Data)), len(s))
}

// A header with a pointer that the garbage collector sees.
type sliceHeader struct {
	Data unsafe.Pointer
	Len  int
	Cap  int
}

func first(b []byte) *byte {
	h := (*sliceHeader)(unsafe.Pointer(&b))
	return (*byte)(h.Data)
}

// Data of something else.
type message struct{ Data *int }

func of(m message) unsafe.Pointer { return unsafe.Pointer(m.Data) }

func main() {
	n := 1
	fmt.Println(bytesOf("ab"), *first([]byte{7}), of(message{&n}) != nil)
}
