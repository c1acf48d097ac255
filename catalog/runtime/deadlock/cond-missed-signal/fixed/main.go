// Hands generation slots to requests and waits for a free one on a condition variable.
package main

import (
	"fmt"
	"sync"
)

type slotPool struct {
	mu   sync.Mutex
	cond *sync.Cond
	free int
}

func newSlotPool() *slotPool {
	p := &slotPool{}
	p.cond = sync.NewCond(&p.mu)
	return p
}

// Release gives a slot back.
func (p *slotPool) Release() {
	p.mu.Lock()
	p.free++
	p.mu.Unlock()
	p.cond.Signal()
}

// Acquire waits for a free slot.
func (p *slotPool) Acquire() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.free == 0 {
		p.cond.Wait()
	}
	p.free--
	return p.free
}

func main() {
	pool := newSlotPool()
	pool.Release()
	fmt.Println("slots left", pool.Acquire())
}
