// Fails: 386: unaligned 64-bit atomic operation
package main

import (
	"sync/atomic"
	"unsafe"
)

// The header of a shared ring: a magic number, then a counter.
var ring []byte

func main() {
	ring = make([]byte, 64)
	sent := (*uint64)(unsafe.Pointer(&ring[4])) // want unsafe-cast-alignment
	println(atomic.AddUint64(sent, 1))
}
