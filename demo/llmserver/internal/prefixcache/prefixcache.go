// Package prefixcache remembers how far a prompt was evaluated before, so that a longer one starts there.
package prefixcache

import (
	"strings"
	"sync"
)

// Cache holds the most recent prompts per model. It may be used by many goroutines.
type Cache struct {
	mu      sync.Mutex
	limit   int
	prompts []entry
}

type entry struct {
	model, prompt string
}

// New returns a cache that holds up to limit prompts.
func New(limit int) *Cache {
	return &Cache{limit: limit}
}

// Longest returns how many bytes of prompt a remembered one covers.
func (c *Cache) Longest(model, prompt string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	longest := 0
	for _, known := range c.prompts {
		if known.model == model && len(known.prompt) > longest && strings.HasPrefix(prompt, known.prompt) {
			longest = len(known.prompt)
		}
	}
	return longest
}

// Add remembers a prompt and forgets the oldest when there are too many.
func (c *Cache) Add(model, prompt string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.prompts = append(c.prompts, entry{model, prompt})
	if len(c.prompts) > c.limit {
		c.prompts = c.prompts[1:]
	}
}
