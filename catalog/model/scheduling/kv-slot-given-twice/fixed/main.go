// Serves prompts from a pool of KV-cache slots; a request gives its slot back in one place.
package main

import (
	"context"
	"fmt"
	"slices"
)

// slot is one sequence's part of the KV cache.
type slot struct {
	sequence int
	prompt   string
}

// cache hands out slots; free lists those that nobody uses.
type cache struct {
	slots [4]slot
	free  []int
}

func newCache() *cache {
	c := &cache{}
	for at := range c.slots {
		c.free = append(c.free, at)
	}
	return c
}

// take gives a sequence a slot and fills it with the prompt.
func (c *cache) take(sequence int, prompt string) int {
	at := c.free[len(c.free)-1]
	c.free = c.free[:len(c.free)-1]
	c.slots[at] = slot{sequence: sequence, prompt: prompt}
	return at
}

// release takes a slot back; a slot that is free already is a fault of the caller.
func (c *cache) release(at int) {
	if slices.Contains(c.free, at) {
		panic(fmt.Sprintf("slot %d is released twice", at))
	}
	c.free = append(c.free, at)
}

// generate answers a prompt, unless the client leaves first.
func (c *cache) generate(ctx context.Context, sequence int, prompt string) error {
	at := c.take(sequence, prompt)
	defer c.release(at)
	return ctx.Err()
}

// check compares what a sequence reads with what it stored.
func (c *cache) check(at, sequence int) {
	if found := c.slots[at].sequence; found != sequence {
		fmt.Printf("slot %d belongs to sequence %d, not %d: %q\n", at, found, sequence, c.slots[at].prompt)
		return
	}
	fmt.Printf("slot of sequence %d is its own\n", sequence)
}

func main() {
	c := newCache()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	fmt.Println("sequence 1:", c.generate(ctx, 1, "summarise"))

	second := c.take(2, "translate my contract")
	third := c.take(3, "write a poem")
	c.check(second, 2)
	c.check(third, 3)
}
