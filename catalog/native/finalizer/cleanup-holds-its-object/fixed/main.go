// Wraps a device buffer in a Go value and registers a cleanup that frees it.
package main

import (
	"fmt"
	"runtime"
)

type Buffer struct {
	handle uintptr
	bytes  int
}

func freeHandle(handle uintptr) {
	fmt.Println("freed", handle)
}

// newBuffer returns a buffer that frees itself.
func newBuffer(handle uintptr, bytes int) *Buffer {
	b := &Buffer{handle: handle, bytes: bytes}
	runtime.AddCleanup(b, freeHandle, b.handle)
	return b
}

func main() {
	b := newBuffer(3, 4096)
	fmt.Println("buffer of", b.bytes)
	runtime.KeepAlive(b)
}
