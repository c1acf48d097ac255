//go:build !386 && !arm && !mips && !mipsle

package main

import "sync/atomic"

// No 32-bit system builds this.
type stats struct {
	ready uint32
	hits  int64
}

func main() {
	s := &stats{}
	println(atomic.AddInt64(&s.hits, 1))
}
