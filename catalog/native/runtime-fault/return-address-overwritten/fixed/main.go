// Reads the head of a safetensors-like file whose header has grown since the reader was written.
package main

import (
	"encoding/binary"
	"fmt"
	"unsafe"
)

// fileHead is the head of version 1.
type fileHead struct {
	tensors, bytes uint64
}

// readWords fills the head with words of the file.
//
//go:noinline
func readWords(head *fileHead, from []byte, n int) {
	const room = int(unsafe.Sizeof(*head) / 8)
	words := unsafe.Slice((*uint64)(unsafe.Pointer(head)), min(n, room))
	for i := range words {
		words[i] = binary.LittleEndian.Uint64(from[8*i:])
	}
}

// tensorCount returns how many tensors the file has. Its first byte tells how many words the head has.
//
//go:noinline
func tensorCount(file []byte) uint64 {
	var head fileHead
	readWords(&head, file[1:], int(file[0]))
	return head.tensors
}

func main() {
	version2 := []byte{6}
	for i := range 6 {
		version2 = binary.LittleEndian.AppendUint64(version2, uint64(40+i))
	}
	fmt.Println("tensors", tensorCount(version2))
}
