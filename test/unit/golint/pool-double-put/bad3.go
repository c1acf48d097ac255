// Fails: run: one buffer for two
package main

import (
	"bytes"
	"os"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func release(buf *bytes.Buffer) {
	buf.Reset()
	buffers.Put(buf)
}

// release puts it back as well.
func work(text string) {
	buf := buffers.Get().(*bytes.Buffer)
	defer func() {
		buffers.Put(buf)
	}()
	buf.WriteString(text)
	release(buf) // want pool-double-put
}

func main() {
	work("x")
	a, b := buffers.Get(), buffers.Get()
	if a == b {
		println("one buffer for two")
		os.Exit(1)
	}
}
