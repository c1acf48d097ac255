// Loads a model's layers into device buffers of a C tensor library and evaluates one token.
package main

// #include "tensor.h"
import "C"

import (
	"fmt"
	"os"
)

type Model struct {
	layers []*C.tl_buffer
}

// loadLayers copies every layer to the device.
func (m *Model) loadLayers(sizes []int) error {
	for i, n := range sizes {
		buf := C.tl_buffer_alloc(C.size_t(n))
		C.tl_buffer_fill(buf, C.float(i+1)/1024)
		m.layers = append(m.layers, buf)
	}
	return nil
}

func (m *Model) forward(x float32) float32 {
	for _, w := range m.layers {
		x = float32(C.tl_dot(w, C.float(x))) / float32(w.n)
	}
	return x
}

func (m *Model) unload() {
	for _, buf := range m.layers {
		C.tl_buffer_free(buf)
	}
	m.layers = nil
}

func main() {
	m := &Model{}
	defer m.unload()
	if err := m.loadLayers([]int{256 << 10, 256 << 10, 512 << 10}); err != nil {
		fmt.Println("load:", err)
		os.Exit(0)
	}
	fmt.Println("logit", m.forward(1))
}
