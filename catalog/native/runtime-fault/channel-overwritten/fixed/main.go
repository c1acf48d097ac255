// Samples tokens with running sums that C computes, and sends them to the stream of each sequence.
package main

// #include "topp.h"
import "C"

import "fmt"

const (
	candidates = 44
	tail       = 6 // tokens that top-p cut off
)

type Sequence struct {
	sums   []float32
	tokens chan int32
}

func newSequence() *Sequence {
	return &Sequence{
		sums:   make([]float32, candidates+tail),
		tokens: make(chan int32, 16),
	}
}

// prepare computes the running sums of the candidates' probabilities.
func (s *Sequence) prepare(probabilities []float32) {
	C.topp_cumulate((*C.float)(&probabilities[0]), candidates, tail, (*C.float)(&s.sums[0]))
}

// sample sends the first candidate whose running sum reaches r.
func (s *Sequence) sample(r float32) {
	for i, sum := range s.sums {
		if sum >= r {
			s.tokens <- int32(i)
			return
		}
	}
}

func main() {
	var probabilities []float32
	for range candidates + tail {
		probabilities = append(probabilities, 1.0/(candidates+tail))
	}
	var sequences []*Sequence
	for range 16 {
		sequences = append(sequences, newSequence())
	}
	for _, s := range sequences {
		s.prepare(probabilities)
	}
	for _, s := range sequences {
		s.sample(0.5)
	}
	fmt.Println("token", <-sequences[0].tokens)
}
