package main

import "sync/atomic"

// The type aligns itself.
type stats struct {
	ready uint32
	hits  atomic.Int64
	total int64
}

func main() {
	s := &stats{}
	println(s.hits.Add(1), atomic.AddInt64(&s.total, 1))
}
