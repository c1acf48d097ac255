// Tensor arena: hands out slices that cannot grow into their neighbour, by a three-index slice.
package main

import (
	"errors"
	"fmt"
)

var errFull = errors.New("arena is full")

type arena struct {
	values []float32
	used   int
}

func (a *arena) take(n int) ([]float32, error) {
	if n > len(a.values)-a.used {
		return nil, errFull
	}
	part := a.values[a.used : a.used+n : a.used+n]
	a.used += n
	return part, nil
}

func main() {
	a := &arena{values: make([]float32, 100)}
	for _, n := range []int{64, 32, 8} {
		part, err := a.take(n)
		fmt.Println("took", len(part), cap(part), err)
	}
}
