// KV block pool outside the Go heap: block references carry a generation number in their upper 16 bits.
package main

import (
	"fmt"
	"syscall"
	"unsafe"
)

const (
	blockBytes      = 4096
	generationShift = 48
	addressMask     = 1<<generationShift - 1
)

type block struct {
	sequence int64
	tokens   [500]int32
}

// blockRef is the address of a block with the generation above it, so that it fits one atomic word.
type blockRef uintptr

type pool struct {
	memory     []byte
	generation uint16
}

func newPool(blocks int) (*pool, error) {
	memory, err := syscall.Mmap(-1, 0, blocks*blockBytes,
		syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	return &pool{memory: memory}, err
}

func (p *pool) alloc(i int) blockRef {
	address := uintptr(unsafe.Pointer(&p.memory[i*blockBytes]))
	return blockRef(address | uintptr(p.generation)<<generationShift)
}

func (p *pool) recycle() { p.generation++ }

func readSequence(ref blockRef) int64 {
	b := (*block)(unsafe.Pointer(uintptr(ref)))
	return b.sequence
}

func main() {
	p, err := newPool(4)
	if err != nil {
		fmt.Println("mmap:", err)
		return
	}
	for range 2 {
		fmt.Println("generation", p.generation, "sequence", readSequence(p.alloc(2)))
		p.recycle()
	}
}
