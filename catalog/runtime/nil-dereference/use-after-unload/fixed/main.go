// Inference server: a stream fills the KV cache of a model that the scheduler may unload.
package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

const tokensPerBatch = 8

var errUnloaded = errors.New("model was unloaded")

type kvCache struct {
	sequence int
	used     int
	cells    []int32
}

func (c *kvCache) put(token int32) error {
	if c.used == len(c.cells) {
		return errors.New("KV cache is full")
	}
	c.cells[c.used] = token
	c.used++
	return nil
}

type runner struct {
	mu     sync.Mutex
	cache  *kvCache
	cancel context.CancelFunc
}

func (r *runner) kv() *kvCache {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.cache
}

// unload stops the stream and gives the cache back, to make room for another model.
func (r *runner) unload() {
	r.cancel()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cache = nil
}

// generate looks at the context once per batch, because a batch is what the backend computes in one go.
func (r *runner) generate(ctx context.Context, tokens chan<- int32) error {
	defer close(tokens)
	cache := r.kv() // stays whole until this stream ends, whatever unload does
	if cache == nil {
		return errUnloaded
	}
	next := int32(1)
	for ctx.Err() == nil {
		for range tokensPerBatch {
			if err := cache.put(next); err != nil {
				return err
			}
			tokens <- next
			next++
		}
	}
	return ctx.Err()
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	r := &runner{cache: &kvCache{cells: make([]int32, 64)}, cancel: cancel}
	tokens := make(chan int32)
	ended := make(chan error, 1)
	go func() { ended <- r.generate(ctx, tokens) }()
	received := 0
	for range tokens {
		received++
		if received == 3 {
			r.unload() // a request for another model came in
		}
	}
	fmt.Println("received", received, "tokens:", <-ended)
}
