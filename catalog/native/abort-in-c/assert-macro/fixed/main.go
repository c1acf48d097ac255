// Serves two embedding requests: each builds a small graph on a C tensor library and computes it.
package main

// #include "tensor.h"
import "C"

import "fmt"

type Projector struct {
	dim     int // width of the model's input
	weights []float32
}

// project multiplies a request's row by the model's weights.
func (p *Projector) project(row []float32) (float32, error) {
	if len(row) != p.dim {
		return 0, fmt.Errorf("row of %d values, the model takes %d", len(row), p.dim)
	}
	ctx := C.tl_init()
	defer C.tl_free(ctx)
	x := C.tl_new(ctx, 1, C.int(len(row)))
	for i, v := range row {
		C.tl_set(x, 0, C.int(i), C.float(v))
	}
	w := C.tl_new(ctx, C.int(p.dim), 1)
	for i, v := range p.weights {
		C.tl_set(w, C.int(i), 0, C.float(v))
	}
	y := C.tl_mul_mat(ctx, x, w)
	C.tl_compute(y)
	return float32(C.tl_get(y, 0, 0)), nil
}

func main() {
	p := &Projector{dim: 4, weights: []float32{0.5, 0.25, 1, 2}}
	for _, row := range [][]float32{{1, 2, 3, 4}, {1, 2, 3, 4, 5, 6}} {
		score, err := p.project(row)
		if err != nil {
			fmt.Println("400:", err)
			continue
		}
		fmt.Println("200:", score)
	}
}
