// Loads tensors by their shape and multiplies the dimensions without an overflow check.
package main

import (
	"errors"
	"fmt"
	"math/bits"
)

var errShape = errors.New("tensor shape is too large")

type tensor struct {
	name  string
	shape []uint64
	data  []float32
}

func elements(shape []uint64) (uint64, error) {
	total := uint64(1)
	for _, dim := range shape {
		high, low := bits.Mul64(total, dim)
		if high != 0 || low > 1<<40 {
			return 0, errShape
		}
		total = low
	}
	return total, nil
}

func (t *tensor) allocate() error {
	n, err := elements(t.shape)
	if err != nil {
		return err
	}
	t.data = make([]float32, n)
	return nil
}

type model struct{ tensors []*tensor }

func (m *model) load() error {
	for _, t := range m.tensors {
		if err := t.allocate(); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		fmt.Println(t.name, len(t.data))
	}
	return nil
}

func main() {
	m := &model{tensors: []*tensor{
		{name: "blk.0.attn_q.weight", shape: []uint64{64, 64}},
		{name: "output.weight", shape: []uint64{4096, 1 << 50, 6}},
	}}
	if err := m.load(); err != nil {
		fmt.Println("load:", err)
	}
}
