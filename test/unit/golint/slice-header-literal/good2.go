package main

import (
	"reflect"
	"unsafe"
)

// The header of a slice that is one: the collector sees the pointer.
func toBytes(s string) (b []byte) {
	from := (*reflect.StringHeader)(unsafe.Pointer(&s))
	to := (*reflect.SliceHeader)(unsafe.Pointer(&b))
	to.Data, to.Len, to.Cap = from.Data, from.Len, from.Len
	return b
}

func main() { println(len(toBytes("text"))) }
