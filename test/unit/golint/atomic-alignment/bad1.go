// Fails: 386: unaligned 64-bit atomic operation
package main

import "sync/atomic"

type stats struct {
	ready uint32
	hits  int64
}

func main() {
	s := &stats{}
	atomic.AddInt64(&s.hits, 1) // want atomic-alignment
	println(atomic.LoadInt64(&s.hits))
}
