// Looks prompts up in a prefix cache and notes the hit while it holds only the read lock.
package main

import (
	"fmt"
	"sync"
)

type prefixCache struct {
	mu    sync.RWMutex
	slots map[uint64]int
	hits  map[uint64]int
}

func newPrefixCache(slots int) *prefixCache {
	c := &prefixCache{slots: make(map[uint64]int), hits: make(map[uint64]int)}
	for slot := range slots {
		c.slots[uint64(slot)] = slot
	}
	return c
}

func (c *prefixCache) lookup(prefix uint64) (int, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	slot, ok := c.slots[prefix]
	if ok {
		c.hits[prefix]++
	}
	return slot, ok
}

func main() {
	c := newPrefixCache(64)
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 400_000 {
				c.lookup(uint64(i % 80))
			}
		}()
	}
	wg.Wait()
	fmt.Println("prefixes hit:", len(c.hits))
}
