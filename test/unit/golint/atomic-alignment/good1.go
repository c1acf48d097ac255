package main

import "sync/atomic"

// The 64-bit field comes first.
type stats struct {
	hits  int64
	ready uint32
}

func main() {
	s := &stats{}
	println(atomic.AddInt64(&s.hits, 1))
}
