// Fails: 386: unaligned 64-bit atomic operation
package main

import (
	"sync/atomic"
	"unsafe"
)

type block struct {
	flags uint32
	raw   [60]byte
}

var shared = make([]block, 2)

func count(i int) int64 {
	return atomic.LoadInt64((*int64)(unsafe.Pointer(&shared[i].raw[8]))) // want unsafe-cast-alignment
}

func main() {
	println(count(1))
}
