// Adds up the size of a model's tensors by the block size a C library knows for each type.
package main

// #include "dtype.h"
import "C"

import "fmt"

type tensorInfo struct {
	name   string
	dtype  uint32
	blocks int
}

// modelBytes is the memory the tensors take.
func modelBytes(tensors []tensorInfo) (int, error) {
	total := 0
	for _, t := range tensors {
		total += t.blocks * int(C.dtype_block_bytes(t.dtype))
	}
	return total, nil
}

func main() {
	n, err := modelBytes([]tensorInfo{
		{"token_embd.weight", C.DTYPE_Q8, 1000},
		{"blk.0.attn_q.weight", 39, 64}, // written by a newer converter
	})
	if err != nil {
		fmt.Println("load:", err)
		return
	}
	fmt.Println("bytes", n)
}
