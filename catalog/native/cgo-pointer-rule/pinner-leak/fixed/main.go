// Pins the rows of several requests so that a C kernel may read them.
package main

/*
static float first(const float *row) { return row[0]; }
*/
import "C"

import (
	"fmt"
	"runtime"
)

type Request struct {
	row []float32
	pin runtime.Pinner
}

// score reads the row in C.
func (r *Request) score() float32 {
	r.pin.Pin(&r.row[0])
	defer r.pin.Unpin()
	return float32(C.first((*C.float)(&r.row[0])))
}

func main() {
	var total float32
	for i := range 4 {
		r := &Request{row: []float32{float32(i), 1, 2, 3}}
		total += r.score()
	}
	for range 3 {
		runtime.GC()
	}
	fmt.Println("total", total)
}
