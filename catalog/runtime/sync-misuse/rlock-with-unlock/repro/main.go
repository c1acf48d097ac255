// Serves model metadata from a registry that is read by every request.
package main

import (
	"fmt"
	"sync"
)

type modelInfo struct {
	family  string
	context int
}

type registry struct {
	mu     sync.RWMutex
	models map[string]modelInfo
}

func (r *registry) register(name string, info modelInfo) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.models[name] = info
}

func (r *registry) lookup(name string) (modelInfo, bool) {
	r.mu.RLock()
	defer r.mu.Unlock()
	info, ok := r.models[name]
	return info, ok
}

func main() {
	r := &registry{models: map[string]modelInfo{}}
	r.register("llama-3-8b", modelInfo{"llama", 8192})
	info, ok := r.lookup("llama-3-8b")
	fmt.Println(info.family, info.context, ok)
}
