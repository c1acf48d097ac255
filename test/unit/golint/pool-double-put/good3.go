package main

import (
	"bytes"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Forgotten after the Put, or put back once by a flag.
func work(done bool) bool {
	buf := buffers.Get().(*bytes.Buffer)
	if done {
		buffers.Put(buf)
		buf = nil
	}
	if buf != nil {
		buf.Reset()
	}
	return buf == nil
}

func twice(put bool) {
	buf := buffers.Get().(*bytes.Buffer)
	if put {
		buffers.Put(buf)
	}
	if !put {
		buffers.Put(buf)
	}
}

func main() { println(work(true)); twice(true) }
