// Queues prompts for a worker and wakes it through a condition variable.
package main

import (
	"fmt"
	"sync"
)

type queue struct {
	mu      *sync.Mutex
	cond    sync.Cond
	prompts *[]string
}

func newQueue() queue {
	mu := &sync.Mutex{}
	return queue{mu: mu, cond: sync.Cond{L: mu}, prompts: new([]string)}
}

func (q queue) push(prompt string) {
	q.mu.Lock()
	*q.prompts = append(*q.prompts, prompt)
	q.mu.Unlock()
	q.cond.Signal()
}

func (q *queue) warmUp() {
	q.cond.Broadcast()
}

func main() {
	q := newQueue()
	q.warmUp()
	q.push("Why is the sky blue?")
	fmt.Println("queued", len(*q.prompts))
}
