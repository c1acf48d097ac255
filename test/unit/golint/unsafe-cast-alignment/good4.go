package main

import (
	"fmt"
	"sync/atomic"
	"unsafe"
)

type header struct {
	magic [8]byte
	count [8]byte
	name  string
}

type counter struct {
	n uint64
	s string
}

// The field lies at a multiple, and smaller types fit everywhere.
func main() {
	h := new(header)
	atomic.AddUint64((*uint64)(unsafe.Pointer(&h.count)), 1)
	c := (*counter)(unsafe.Pointer(&h.count[0]))
	first := *(*byte)(unsafe.Pointer(&c.n))
	x := []uint64{1, 2}
	fmt.Println(first, c.s, *(*uint32)(unsafe.Pointer(&x[1])), *(*float64)(unsafe.Pointer(&x[0])))
}
