// Computes a layer in chunks on a C tensor library. Only some of the graph's tensors have memory on the device.
package main

/*
#include <stdlib.h>
#include "tensor.h"
*/
import "C"

import (
	"fmt"
	"unsafe"
)

const (
	width  = 8
	chunks = 4
)

type Layer struct {
	graph  *C.tl_graph
	input  *C.tl_tensor
	output *C.tl_tensor
}

func (l *Layer) newInput(name string, n int) *C.tl_tensor {
	text := C.CString(name)
	defer C.free(unsafe.Pointer(text))
	return C.tl_input(l.graph, text, C.int(n))
}

// build describes the layer: the input in chunks, each scaled and put into its place of the output.
func build() *Layer {
	l := &Layer{graph: C.tl_graph_new()}
	l.input = l.newInput("input", width)
	var scaled []*C.tl_tensor
	for i := range chunks {
		scaled = append(scaled, C.tl_scale(l.graph, l.input, C.float(i+1)))
	}
	placed := l.graph.n_nodes
	l.output = l.newInput("output", chunks*width)
	C.tl_plan(l.graph, placed)
	for i, chunk := range scaled {
		l.output = C.tl_set(l.graph, l.output, chunk, C.int(i*width))
	}
	return l
}

// forward computes the layer's output for a constant input.
func (l *Layer) forward(value float32) float32 {
	C.tl_fill(l.input, C.float(value))
	C.tl_compute(l.graph, nil)
	return float32(C.tl_get(l.output, chunks*width-1))
}

func main() {
	l := build()
	defer C.tl_graph_free(l.graph)
	fmt.Println("output", l.forward(0.5))
}
