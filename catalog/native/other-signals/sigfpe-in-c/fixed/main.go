// Reads the shape of two models from their metadata and asks a C kernel for the size of a head.
package main

// #include "attention.h"
import "C"

import (
	"errors"
	"fmt"
)

var errShape = errors.New("metadata names no head count")

// headDim works out how wide one attention head is.
func headDim(meta map[string]int) (int, error) {
	p := C.attention_params{
		width: C.int(meta["embedding_length"]),
		heads: C.int(meta["attention.head_count"]),
	}
	if p.heads == 0 {
		return 0, errShape
	}
	return int(C.attention_head_dim(&p)), nil
}

func main() {
	models := []map[string]int{
		{"embedding_length": 4096, "attention.head_count": 32},
		{"embedding_length": 2560},
	}
	for _, meta := range models {
		dim, err := headDim(meta)
		if err != nil {
			fmt.Println("load:", err)
			continue
		}
		fmt.Println("head dimension", dim)
	}
}
