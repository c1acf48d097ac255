package main

import "sync/atomic"

type counter struct{ n, m int64 }

var (
	ready bool
	total int64
)

// Variables, and what is behind a pointer, begin aligned.
type owner struct {
	on      bool
	counter *counter
}

func main() {
	o := &owner{counter: &counter{}}
	var local int64
	atomic.AddInt64(&local, 1)
	atomic.AddInt64(&o.counter.m, 1)
	println(atomic.AddInt64(&total, 1), ready, local)
}
