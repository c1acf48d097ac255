// Schedules models on a GPU: one goroutine recomputes free memory while another one unloads a model.
package main

import (
	"fmt"
	"sync"
	"time"
)

type runnerRef struct {
	refMu sync.Mutex
	name  string
	vram  int
}

type scheduler struct {
	loadedMu sync.Mutex
	loaded   map[string]*runnerRef
}

// queryDriver stands for the milliseconds a driver call takes.
func queryDriver() { time.Sleep(20 * time.Millisecond) }

// freeSpace adds up what the loaded models use.
func (s *scheduler) freeSpace(total int) int {
	s.loadedMu.Lock()
	defer s.loadedMu.Unlock()
	for _, r := range s.loaded {
		queryDriver()
		r.refMu.Lock()
		total -= r.vram
		r.refMu.Unlock()
	}
	return total
}

// unload frees the memory of a model and forgets it.
func (s *scheduler) unload(r *runnerRef) {
	r.refMu.Lock()
	queryDriver()
	r.vram = 0
	r.refMu.Unlock()
	s.loadedMu.Lock()
	delete(s.loaded, r.name)
	s.loadedMu.Unlock()
}

func main() {
	llama := &runnerRef{name: "llama-3-8b", vram: 8}
	s := &scheduler{loaded: map[string]*runnerRef{llama.name: llama}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.unload(llama)
	}()
	s.freeSpace(24)
	<-done
	fmt.Println("free GB", s.freeSpace(24))
}
