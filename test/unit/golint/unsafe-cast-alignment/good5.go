package main

import (
	"fmt"
	"sync/atomic"
	"unsafe"
)

type node struct {
	key  uint32
	next uint32
}

// Where it begins is the allocator's business, and it says nothing of it here.
type arena struct {
	buf []byte
	n   uint32
}

func (a *arena) node(offset uint32) *node {
	return (*node)(unsafe.Pointer(&a.buf[offset]))
}

func (a *arena) put() uint32 {
	return (atomic.AddUint32(&a.n, 16) + 7) &^ 7
}

func at(p unsafe.Pointer, n uintptr) *uint64 {
	return (*uint64)(unsafe.Add(p, n))
}

func main() {
	a := &arena{buf: make([]byte, 1024)}
	fmt.Println(a.node(a.put()).key, *at(unsafe.Pointer(&a.buf[0]), 8))
}
