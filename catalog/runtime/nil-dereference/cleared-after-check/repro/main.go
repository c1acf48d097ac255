// Endpoint picker: requests read the current pool of replicas while a controller replaces it.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type pool struct {
	name     string
	replicas []string
}

type picker struct {
	mu      sync.Mutex
	turn    int
	current *pool
}

// setPool installs a pool, or removes it while the controller reconciles.
func (p *picker) setPool(to *pool) {
	p.current = to
	p.mu.Lock()
	p.turn = 0
	p.mu.Unlock()
}

func (p *picker) pick() (string, bool) {
	if p.current == nil {
		return "", false
	}
	p.mu.Lock()
	p.turn++
	turn := p.turn
	p.mu.Unlock()
	return p.current.replicas[turn%2], true
}

func main() {
	p := &picker{}
	var picked atomic.Int64
	go func() {
		for {
			if _, ok := p.pick(); ok {
				picked.Add(1)
			}
		}
	}()
	for picked.Load() < 100000 {
		p.setPool(&pool{name: "llama3", replicas: []string{"gpu-0", "gpu-1"}})
		p.setPool(nil)
	}
	fmt.Println("reconciled while serving")
}
