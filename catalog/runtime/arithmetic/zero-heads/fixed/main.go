// Derives the head size of a model from metadata in which the head count is missing.
package main

import (
	"errors"
	"fmt"
)

var errHeads = errors.New("model has no attention heads")

type metadata map[string]uint64

func (m metadata) uint(key string) int {
	return int(m[key])
}

type attention struct {
	heads, headDim, batch int
}

func newAttention(m metadata, arch string) (*attention, error) {
	embed := m.uint(arch + ".embedding_length")
	heads := m.uint(arch + ".attention.head_count")
	if embed == 0 {
		return nil, errors.New("model has no embedding length")
	}
	if heads == 0 {
		return nil, errHeads
	}
	return &attention{heads: heads, headDim: embed / heads, batch: 512}, nil
}

func load(name, arch string, m metadata) error {
	a, err := newAttention(m, arch)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	fmt.Println(name, "head size", a.headDim)
	return nil
}

func main() {
	chat := metadata{"llama.embedding_length": 4096, "llama.attention.head_count": 32}
	ocr := metadata{"gemma3.embedding_length": 1152, "gemma3.vision.attention.head_count": 16}
	for _, err := range []error{load("chat", "llama", chat), load("ocr", "gemma3", ocr)} {
		if err != nil {
			fmt.Println("load:", err)
		}
	}
}
