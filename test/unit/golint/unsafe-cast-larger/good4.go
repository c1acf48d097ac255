package main

import "unsafe"

func first(b []byte) uint64 {
	if len(b) < 8 {
		return 0
	}
	return *(*uint64)(unsafe.Pointer(&b[0]))
}

func own() uint64 {
	b := make([]byte, 4, 16)
	return *(*uint64)(unsafe.Pointer(&b[0]))
}

func main() { println(first(make([]byte, 8)), own()) }
