// Reads the head of a stream's frame into a struct on the stack, then waits for the frame's tokens.
package main

import (
	"encoding/binary"
	"fmt"
	"runtime"
	"time"
	"unsafe"
)

// frameHead is how frames begin in version 1 of the protocol.
type frameHead struct {
	sequence, first uint64
}

var tokens = make(chan uint64)

// readWords fills the head with words of the frame.
//
//go:noinline
func readWords(head *frameHead, from []byte, n int) {
	words := unsafe.Slice((*uint64)(unsafe.Pointer(head)), n)
	for i := range words {
		words[i] = binary.LittleEndian.Uint64(from[8*i:])
	}
}

// receive returns the position of the next token. The frame's first byte tells how many words its head has.
//
//go:noinline
func receive(frame []byte) uint64 {
	var head frameHead
	readWords(&head, frame[1:], int(frame[0]))
	return head.first + <-tokens
}

func main() {
	version2 := []byte{6}
	for i := range 6 {
		version2 = binary.LittleEndian.AppendUint64(version2, uint64(40+i))
	}
	go receive(version2)
	time.Sleep(20 * time.Millisecond)
	runtime.GC() // stands for the allocations of other requests
	tokens <- 1
	fmt.Println("frame read")
}
