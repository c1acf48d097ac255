// Keeps the LoRA adapters of a gateway: requests look adapters up while a watcher updates them.
package main

import (
	"fmt"
	"sync"
)

type registry struct {
	mu       sync.RWMutex
	adapters map[string]string
}

// update stores what the watcher saw.
func (r *registry) update(adapter, base string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.adapters[adapter] = base
}

// baseOf is the model an adapter belongs to.
func (r *registry) baseOf(adapter string) string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.adapters[adapter]
}

func main() {
	r := &registry{adapters: map[string]string{"sql-lora": "llama-3-8b"}}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		r.update("chat-lora", "qwen-3-4b")
	}()
	fmt.Println("base", r.baseOf("sql-lora"))
	wg.Wait()
}
