// Looks adapters up under a read lock and lets go of it early on a miss.
package main

import (
	"errors"
	"fmt"
	"sync"
)

var errNoAdapter = errors.New("no such adapter")

type adapterMap struct {
	mu   sync.RWMutex
	base map[string]string
}

func (a *adapterMap) resolve(adapter string) (string, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	base, ok := a.base[adapter]
	if !ok {
		a.mu.RUnlock()
		return "", fmt.Errorf("%q: %w", adapter, errNoAdapter)
	}
	return base, nil
}

func main() {
	a := &adapterMap{base: map[string]string{"sql-lora": "llama-3-8b"}}
	for _, name := range []string{"sql-lora", "chat-lora"} {
		fmt.Println(a.resolve(name))
	}
}
