// Fails: run: one buffer for two
package main

import (
	"bytes"
	"os"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func finish(buf *bytes.Buffer, ok bool) {
	switch {
	case ok:
		buffers.Put(buf)
		fallthrough
	default:
		buffers.Put(buf) // want pool-double-put
	}
}

func work(string) { finish(new(bytes.Buffer), true) }

func main() {
	work("x")
	a, b := buffers.Get(), buffers.Get()
	if a == b {
		println("one buffer for two")
		os.Exit(1)
	}
}
