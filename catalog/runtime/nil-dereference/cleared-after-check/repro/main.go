// Endpoint picker: requests read the current pool of replicas while a controller replaces it.
package main

import (
	"fmt"
	"sync"
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
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 200000 {
			p.setPool(&pool{name: "llama3", replicas: []string{"gpu-0", "gpu-1"}})
			p.setPool(nil)
		}
	}()
	picked := 0
	for running := true; running; {
		if _, ok := p.pick(); ok {
			picked++
		}
		select {
		case <-done:
			running = false
		default:
		}
	}
	fmt.Println("reconciled while serving", picked > 0)
}
