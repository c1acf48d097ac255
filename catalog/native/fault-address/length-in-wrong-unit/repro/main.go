// Views a tensor in C memory as a slice and sums it.
package main

// #include "arena.h"
import "C"

import (
	"fmt"
	"unsafe"
)

type Tensor struct {
	data  unsafe.Pointer
	bytes int
}

func newTensor(bytes int) *Tensor {
	return &Tensor{data: C.arena_new(C.size_t(bytes)), bytes: bytes}
}

// floats views the weights.
func (t *Tensor) floats() []float32 {
	return unsafe.Slice((*float32)(t.data), t.bytes)
}

func sum(row []float32) (total float32) {
	for _, w := range row {
		total += w
	}
	return total
}

func main() {
	t := newTensor(128 << 10)
	fmt.Println("sum", sum(t.floats()))
}
