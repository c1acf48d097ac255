// Fails: run: one buffer for two
package main

import (
	"bytes"
	"os"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func work(text string) {
	buf := buffers.Get().(*bytes.Buffer)
	if text == "x" {
		buffers.Put(buf)
	}
	buffers.Put(buf) // want pool-double-put
}

func main() {
	work("x")
	a, b := buffers.Get(), buffers.Get()
	if a == b {
		println("one buffer for two")
		os.Exit(1)
	}
}
