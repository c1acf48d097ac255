// Tests an embedding cache that writes to its disk in the background; Close leaves the writer running.
package cache

import (
	"sync"
	"testing"

	"go.uber.org/goleak"
)

type cache struct {
	mu      sync.Mutex
	vectors map[string][]float32
	writes  chan string
	flushed chan struct{}
	stored  int
}

func newCache() *cache {
	c := &cache{vectors: make(map[string][]float32), writes: make(chan string, 8), flushed: make(chan struct{})}
	go c.flush()
	return c
}

// flush stores entries as they come.
func (c *cache) flush() {
	defer close(c.flushed)
	for range c.writes {
		c.mu.Lock()
		c.stored++
		c.mu.Unlock()
	}
}

func (c *cache) put(text string, vector []float32) {
	c.mu.Lock()
	c.vectors[text] = vector
	c.mu.Unlock()
	c.writes <- text
}

func (c *cache) Close() {
	close(c.writes)
	<-c.flushed
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.vectors)
}

func TestPut(t *testing.T) {
	defer goleak.VerifyNone(t)
	c := newCache()
	defer c.Close()
	c.put("blue", []float32{0.1, 0.7})
}
