// Fails: run: mixed up: 2 instead of 1
// The pool has a wrapper with types, and what gives back has a wrapper as well.
package main

import (
	"os"
	"sync"
)

type pool[T any] struct{ p sync.Pool }

func (p *pool[T]) Get() *T  { return p.p.Get().(*T) }
func (p *pool[T]) Put(x *T) { p.p.Put(x) }

type request struct{ tokens []int32 }

var requests = &pool[request]{sync.Pool{New: func() any { return new(request) }}}

func give(r *request) {
	r.tokens = r.tokens[:0]
	requests.Put(r)
}

func handle(token int32) *request {
	r := requests.Get()
	r.tokens = append(r.tokens, token)
	give(r)
	return r // want pool-use-after-put
}

func main() {
	for range 32 { // the pool may drop what it is given
		a := handle(1)
		b := handle(2)
		if a != b {
			continue
		}
		println("mixed up: 2 instead of 1")
		os.Exit(1)
	}
}
