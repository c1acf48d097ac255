package main

import "unsafe"

func text(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

func words(b []byte) []uint32 {
	return unsafe.Slice((*uint32)(unsafe.Pointer(unsafe.SliceData(b))), len(b)/4)
}

func main() { println(text([]byte("x")), len(words(make([]byte, 8)))) }
