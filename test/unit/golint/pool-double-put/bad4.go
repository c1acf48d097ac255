// Fails: run: one buffer for two
package main

import (
	"bytes"
	"os"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Taken once, put back with each round.
func work(text string) {
	buf := buffers.Get().(*bytes.Buffer)
	for range 2 {
		_ = text
		buffers.Put(buf) // want pool-double-put
	}
}

func main() {
	work("x")
	a, b := buffers.Get(), buffers.Get()
	if a == b {
		println("one buffer for two")
		os.Exit(1)
	}
}
