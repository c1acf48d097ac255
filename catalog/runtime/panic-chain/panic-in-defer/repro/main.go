// Generates with a model and always hands its context back to the pool.
package main

import (
	"errors"
	"fmt"
)

var errKVFull = errors.New("kv cache is full")

type contextPool struct {
	free  []int
	taken map[int]bool
}

func (p *contextPool) release(id int) {
	if !p.taken[id] {
		panic(fmt.Sprintf("context %d released twice", id))
	}
	delete(p.taken, id)
	p.free = append(p.free, id)
}

func (p *contextPool) generate(id, tokens, limit int) (n int, err error) {
	p.taken[id] = true
	defer p.release(id)
	if tokens > limit {
		p.release(id)
		panic(errKVFull)
	}
	return tokens, nil
}

func main() {
	pool := &contextPool{taken: map[int]bool{}}
	for _, tokens := range []int{512, 9000} {
		n, err := pool.generate(1, tokens, 8192)
		fmt.Println("generated", n, err)
	}
}
