package main

import (
	"encoding/binary"
	"fmt"
	"unsafe"
)

// Memory of its own begins aligned.
func floats(b []byte) []float32 {
	return unsafe.Slice((*float32)(unsafe.Pointer(&b[0])), len(b)/4)
}

func main() {
	b := make([]byte, 64)
	fmt.Println(floats(b)[0], binary.NativeEndian.Uint64(b[3:]))
}
