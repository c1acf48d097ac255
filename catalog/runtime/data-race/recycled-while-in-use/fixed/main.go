// Reuses execution buffers: a finished execution hands its buffer to the next one.
package main

import (
	"fmt"
	"sync"
)

type buffer struct {
	tokens []int
}

type pool struct {
	free chan *buffer
}

func (p *pool) get() *buffer { return <-p.free }

func (p *pool) put(b *buffer) { p.free <- b }

// execute decodes into a pooled buffer and lets a helper clear it.
func (p *pool) execute(request int, helpers *sync.WaitGroup) int {
	b := p.get()
	b.tokens = append(b.tokens, request)
	n := len(b.tokens)
	helpers.Add(1)
	go func() {
		defer helpers.Done()
		b.tokens = b.tokens[:0]
		p.put(b)
	}()
	return n
}

func main() {
	p := &pool{free: make(chan *buffer, 1)}
	p.put(&buffer{})
	var helpers sync.WaitGroup
	for request := range 3 {
		p.execute(request, &helpers)
	}
	helpers.Wait()
	fmt.Println("executed")
}
