// Caches loaded models and evicts the oldest one when the cache is full.
package main

import (
	"fmt"
	"sync"
)

type modelCache struct {
	mu     sync.Mutex
	limit  int
	order  []string
	loaded map[string]int
}

func (c *modelCache) Add(name string, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.order) >= c.limit {
		c.Evict(c.order[0])
	}
	c.order = append(c.order, name)
	c.loaded[name] = size
}

func (c *modelCache) Evict(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.evictLocked(name)
}

func (c *modelCache) evictLocked(name string) {
	delete(c.loaded, name)
	for i, n := range c.order {
		if n == name {
			c.order = append(c.order[:i], c.order[i+1:]...)
			return
		}
	}
}

func main() {
	cache := &modelCache{limit: 1, loaded: map[string]int{}}
	cache.Add("llama-3-8b", 8)
	cache.Add("qwen-3-4b", 4)
	fmt.Println("loaded", cache.order)
}
