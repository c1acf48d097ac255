// Decodes into the current batch while the scheduler swaps a long prompt's batch for short ones.
package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

const batchTokens = 250

// Batch is one of many that wait in a list.
type Batch struct {
	next   *Batch
	tokens [batchTokens]int32
}

type Scheduler struct {
	current atomic.Pointer[[]int32]
}

// swap makes the tokens the ones that are decoded next.
func (s *Scheduler) swap(tokens []int32) {
	s.current.Store(&tokens)
}

// batch returns the tokens to decode.
func (s *Scheduler) batch() []int32 {
	return *s.current.Load()
}

// schedule gives turns to a long prompt and to the batches.
func (s *Scheduler) schedule(prompt []int32, batches []*Batch) {
	for turn := 0; ; turn++ {
		if turn%2 == 0 {
			s.swap(prompt)
			continue
		}
		s.swap(batches[turn%len(batches)].tokens[:])
	}
}

// decode writes the next token of every sequence for a while.
func (s *Scheduler) decode(d time.Duration) (steps int) {
	for end := time.Now().Add(d); time.Now().Before(end); steps++ {
		for i, tokens := 0, s.batch(); i < len(tokens); i++ {
			tokens[i] = int32(steps + i)
		}
		if steps%1000 == 0 {
			runtime.GC() // stands for the allocations of other requests
		}
	}
	return steps
}

func main() {
	var batches []*Batch
	for range 64 {
		batches = append(batches, new(Batch))
	}
	prompt := make([]int32, 2*batchTokens)
	s := &Scheduler{}
	s.swap(prompt)
	go s.schedule(prompt, batches)
	fmt.Println("decoded:", s.decode(2*time.Second) > 0)
}
