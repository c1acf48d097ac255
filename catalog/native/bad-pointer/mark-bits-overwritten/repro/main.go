// Keeps the best candidates of every beam, which a C sampler writes.
package main

/*
// Writes the n first logits, best first.
static void best_logits(float *out, int n) {
	for (int i = 0; i < n; i++)
		out[i] = 1.0f / (float)(1 + i);
}
*/
import "C"

import (
	"fmt"
	"runtime"
)

const (
	vocabulary = 500
	topK       = 30
)

type Beam struct {
	parent *Beam
	logits [topK]float32
}

var beams []*Beam

// fork makes a beam that goes on from another one.
func fork(parent *Beam) {
	beams = append(beams, &Beam{parent: parent})
}

// sample lets the sampler write a beam's candidates.
func (b *Beam) sample() {
	C.best_logits((*C.float)(&b.logits[0]), vocabulary)
}

func main() {
	fork(nil)
	for len(beams) < 49 {
		fork(beams[0])
	}
	for _, b := range beams {
		b.sample()
	}
	for range 2 {
		runtime.GC() // stands for the allocations of other requests
	}
	fmt.Println("beams", len(beams))
}
