// Fails: run: one buffer for two
package main

import (
	"bytes"
	"os"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// The path with an error puts it back, and the deferred Put again.
func work(text string) bool {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if n, _ := buf.WriteString(text); n < 2 {
		buffers.Put(buf) // want pool-double-put
		return false
	}
	return true
}

func main() {
	work("x")
	a, b := buffers.Get(), buffers.Get()
	if a == b {
		println("one buffer for two")
		os.Exit(1)
	}
}
