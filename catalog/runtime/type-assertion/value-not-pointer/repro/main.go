// Registers a sampler by value although its methods have a pointer receiver.
package main

import "fmt"

type sampler interface {
	Sample(logits []float32) int
}

type greedy struct{ calls int }

func (g *greedy) Sample(logits []float32) int {
	g.calls++
	best := 0
	for i, logit := range logits {
		if logit > logits[best] {
			best = i
		}
	}
	return best
}

type registry map[string]any

func (r registry) sampler(name string) sampler {
	return r[name].(sampler)
}

func main() {
	r := registry{"greedy": greedy{}}
	s := r.sampler("greedy")
	fmt.Println("token", s.Sample([]float32{0.1, 2.5, 0.3}))
}
