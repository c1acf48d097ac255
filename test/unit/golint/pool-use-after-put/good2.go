package main

import (
	"bytes"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Each round has a buffer of its own, and each branch its own Put.
func work(texts []string) int {
	n := 0
	var buf *bytes.Buffer
	for _, text := range texts {
		buf = buffers.Get().(*bytes.Buffer)
		if text == "" {
			buffers.Put(buf)
			continue
		}
		n += len(text)
		buffers.Put(buf)
	}
	return n
}

func drop(all []*bytes.Buffer) {
	for _, buf := range all {
		buffers.Put(buf)
	}
}

func main() { println(work([]string{"x"})); drop(nil) }
