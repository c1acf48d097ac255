// Registers models in a registry that was written as a literal, past its constructor.
package main

import (
	"fmt"
	"sync"
)

type model struct {
	name   string
	digest string
}

type registry struct {
	mu     sync.Mutex
	models map[string]*model
}

func newRegistry() *registry {
	return &registry{models: make(map[string]*model)}
}

func (r *registry) register(m *model) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.models[m.name] = m
}

type server struct {
	registry *registry
}

func main() {
	s := &server{registry: newRegistry()}
	s.registry.register(&model{"llama3:8b", "sha256:6a0746a1ec1a"})
	fmt.Println("models:", len(s.registry.models))
}
