// Serves generations from a fixed KV cache; a cancelled request leaves without giving its cells back.
package main

import (
	"context"
	"fmt"
	"time"
)

const cells = 256

// kvCache counts the cells each sequence holds.
type kvCache struct {
	used map[int]int
}

func (c *kvCache) reserve(sequence, length int) error {
	held := 0
	for _, n := range c.used {
		held += n
	}
	if held+length > cells {
		return fmt.Errorf("could not find a kv cache slot (length: %d)", length)
	}
	c.used[sequence] = length
	return nil
}

func (c *kvCache) remove(sequence int) { delete(c.used, sequence) }

type runner struct {
	cache *kvCache
	next  int
}

func (r *runner) generate(ctx context.Context, promptTokens int) (tokens int, err error) {
	sequence := r.next
	r.next++
	if err := r.cache.reserve(sequence, promptTokens); err != nil {
		panic(fmt.Errorf("failed to decode batch: %w", err))
	}
	for range 5 {
		select {
		case <-ctx.Done():
			return tokens, ctx.Err()
		case <-time.After(time.Millisecond):
			tokens++
		}
	}
	r.cache.remove(sequence)
	return tokens, nil
}

func main() {
	r := &runner{cache: &kvCache{used: map[int]int{}}}
	finished, cancelled := 0, 0
	for i := range 12 {
		ctx, cancel := context.WithCancel(context.Background())
		if i%2 == 1 {
			cancel()
		}
		if _, err := r.generate(ctx, 64); err != nil {
			cancelled++
		} else {
			finished++
		}
		cancel()
	}
	fmt.Printf("finished %d, cancelled %d, cells in use %d\n", finished, cancelled, len(r.cache.used))
}
