// Counts requests per model under a mutex that each call copies.
package main

import (
	"fmt"
	"sync"
)

type counters struct {
	mu     sync.Mutex
	counts map[string]int
}

func (c *counters) increment(model string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[model]++
}

func main() {
	c := counters{counts: make(map[string]int)}
	models := []string{"llama3:8b", "qwen3:4b", "gemma3:1b"}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 500_000 {
				c.increment(models[i%len(models)])
			}
		}()
	}
	wg.Wait()
	fmt.Println("models:", len(c.counts))
}
