// Package registry holds the models that are loaded.
package registry

import (
	"log"
	"slices"
	"sync"
)

// Shape is what a request must fit into.
type Shape struct {
	Layers, Heads, Context int
}

// Model is a loaded model. It is never changed once it is in the registry.
type Model struct {
	Name  string
	Shape Shape
}

// Registry maps names to models. It may be used by many goroutines.
type Registry struct {
	mu     sync.RWMutex
	models map[string]*Model
}

// New returns an empty registry.
func New() *Registry {
	return &Registry{models: make(map[string]*Model)}
}

// Load puts a model in the place of one of the same name.
func (r *Registry) Load(name string, shape Shape) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.models[name] = &Model{Name: name, Shape: shape}
	log.Printf("registry: loaded %s layers=%d heads=%d context=%d", name, shape.Layers, shape.Heads, shape.Context)
}

// Get finds a model by name.
func (r *Registry) Get(name string) (*Model, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	model, ok := r.models[name]
	return model, ok
}

// Names lists the models in order.
func (r *Registry) Names() []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	names := make([]string, 0, len(r.models))
	for name := range r.models {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
