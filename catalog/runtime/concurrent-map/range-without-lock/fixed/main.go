// Lists running models for the status endpoint while the scheduler loads and unloads them.
package main

import (
	"fmt"
	"sync"
)

type runner struct {
	model string
	vram  uint64
}

type scheduler struct {
	loadedMu sync.Mutex
	loaded   map[string]*runner
}

func (s *scheduler) load(r *runner) {
	s.loadedMu.Lock()
	defer s.loadedMu.Unlock()
	s.loaded[r.model] = r
}

func (s *scheduler) unload(model string) {
	s.loadedMu.Lock()
	defer s.loadedMu.Unlock()
	delete(s.loaded, model)
}

// usedVRAM answers the status endpoint.
func (s *scheduler) usedVRAM() uint64 {
	s.loadedMu.Lock()
	defer s.loadedMu.Unlock()
	var sum uint64
	for _, r := range s.loaded {
		sum += r.vram
	}
	return sum
}

func main() {
	s := &scheduler{loaded: make(map[string]*runner)}
	for i := range 64 {
		s.load(&runner{fmt.Sprintf("adapter-%d", i), 1 << 20})
	}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for range 100_000 {
			s.usedVRAM()
		}
	}()
	for range 600_000 {
		s.load(&runner{"llama3:8b", 5 << 30})
		s.unload("llama3:8b")
	}
	wg.Wait()
	fmt.Println("vram:", s.usedVRAM()>>20, "MiB")
}
