// Serves usage statistics by encoding the very map that requests still update.
package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"sync"
)

type usage struct {
	mu     sync.Mutex
	tokens map[string]int
}

func (u *usage) add(model string, tokens int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.tokens[model] += tokens
}

func (u *usage) snapshot() map[string]int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return maps.Clone(u.tokens)
}

func (u *usage) report() ([]byte, error) {
	return json.Marshal(map[string]any{"usage": u.snapshot()})
}

func main() {
	u := &usage{tokens: make(map[string]int)}
	for i := range 64 {
		u.add(fmt.Sprintf("adapter-%d", i), 0)
	}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for range 2_000 {
			if _, err := u.report(); err != nil {
				panic(err)
			}
		}
	}()
	for i := range 400_000 {
		u.add(fmt.Sprintf("adapter-%d", i%64), 1)
	}
	wg.Wait()
	fmt.Println("models:", len(u.snapshot()))
}
