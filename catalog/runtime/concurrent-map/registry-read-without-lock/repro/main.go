// Resolves a model per request without the lock under which new models are registered.
package main

import (
	"fmt"
	"sync"
)

type model struct{ name, digest string }

type registry struct {
	mu     sync.RWMutex
	models map[string]*model
}

// register runs for each pulled model and for each alias in a changed configuration.
func (r *registry) register(m *model) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.models[m.name] = m
}

func (r *registry) resolve(name string) *model {
	return r.models[name]
}

func serve(r *registry, name string, requests int) int {
	found := 0
	for range requests {
		if r.resolve(name) != nil {
			found++
		}
	}
	return found
}

func main() {
	r := &registry{models: make(map[string]*model)}
	r.register(&model{"llama3:8b", "sha256:6a0746a1ec1a"})
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			serve(r, "llama3:8b", 1_000_000)
		}()
	}
	for i := range 200_000 {
		r.register(&model{fmt.Sprintf("adapter-%d", i%512), "sha256:365c0bd3c000"})
	}
	wg.Wait()
	fmt.Println("models:", len(r.models))
}
