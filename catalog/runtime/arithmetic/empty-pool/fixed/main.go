// Spreads requests over inference backends and finds none of them healthy.
package main

import (
	"errors"
	"fmt"
	"sync/atomic"
)

var errNoBackend = errors.New("no healthy backend")

type backend struct {
	url     string
	healthy bool
}

type balancer struct {
	backends []backend
	next     atomic.Uint64
}

func (b *balancer) healthy() []backend {
	var up []backend
	for _, be := range b.backends {
		if be.healthy {
			up = append(up, be)
		}
	}
	return up
}

func (b *balancer) pick() (backend, error) {
	up := b.healthy()
	if len(up) == 0 {
		return backend{}, errNoBackend
	}
	n := b.next.Add(1) - 1
	return up[n%uint64(len(up))], nil
}

func main() {
	b := &balancer{backends: []backend{{"http://gpu-0:8000", true}, {"http://gpu-1:8000", true}}}
	for range 3 {
		be, err := b.pick()
		fmt.Println(be.url, err)
		for i := range b.backends {
			b.backends[i].healthy = be.url != "http://gpu-1:8000"
		}
	}
}
