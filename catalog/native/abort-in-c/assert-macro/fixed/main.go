// Serves two embedding requests: each builds a small graph on a C tensor library and computes it.
package main

// #include "tensor.h"
import "C"

import (
	"fmt"
	"unsafe"
)

const arenaBytes = 16 << 10

// Projector is a layer of the model: its weights and its bias.
type Projector struct {
	dim     int // width of the model's input
	weights []float32
	bias    []float32
}

// tensor places rows of values in the arena.
func tensor(ctx *C.tl_context, width int, values []float32) *C.tl_tensor {
	t := C.tl_new_2d(ctx, C.int(width), C.int(len(values)/width))
	copy(unsafe.Slice((*float32)(C.tl_data(ctx, t)), len(values)), values)
	return t
}

// project multiplies a request's row by the weights and adds the bias.
func (p *Projector) project(row []float32) (float32, error) {
	if len(row) != p.dim {
		return 0, fmt.Errorf("row of %d values, the model takes %d", len(row), p.dim)
	}
	ctx := C.tl_init(arenaBytes)
	defer C.tl_free(ctx)
	x := tensor(ctx, len(row), row)
	w := tensor(ctx, p.dim, p.weights)
	b := tensor(ctx, len(p.bias), p.bias)
	y := C.tl_relu(ctx, C.tl_add(ctx, C.tl_mul_mat(ctx, w, x), b))
	if C.tl_compute(ctx, nil, nil) != 0 {
		return 0, fmt.Errorf("cancelled")
	}
	return float32(*C.tl_data(ctx, y)), nil
}

func main() {
	p := &Projector{dim: 4, weights: []float32{0.5, 0.25, 1, 2}, bias: []float32{0.125}}
	for _, row := range [][]float32{{1, 2, 3, 4}, {1, 2, 3, 4, 5, 6}} {
		score, err := p.project(row)
		if err != nil {
			fmt.Println("400:", err)
			continue
		}
		fmt.Println("200:", score)
	}
}
