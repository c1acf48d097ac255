//go:build amd64 || arm64

package main

import (
	"fmt"
	"unsafe"
)

// These processors read numbers wherever they lie.
func load(b []byte, i int) uint64 {
	return *(*uint64)(unsafe.Pointer(&b[i]))
}

func main() {
	fmt.Println(load(make([]byte, 64), 3))
}
