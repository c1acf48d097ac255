package main

import "unsafe"

func isAligned(b []byte) bool {
	addr := uintptr(unsafe.Pointer(&b[0]))
	return addr%8 == 0
}

func main() { println(isAligned(make([]byte, 8))) }
