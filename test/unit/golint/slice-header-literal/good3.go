package main

import "unsafe"

// The address is a pointer: the collector sees it.
type header struct {
	data unsafe.Pointer
	len  int
	cap  int
}

func view(v []int64) []byte {
	h := header{unsafe.Pointer(unsafe.SliceData(v)), 8 * len(v), 8 * len(v)}
	return *(*[]byte)(unsafe.Pointer(&h))
}

func main() { println(len(view([]int64{1}))) }
