package main

import (
	"bytes"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Copied before the Put, or read before the function ends.
func render(text string) string {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	buf.WriteString(text)
	return buf.String()
}

func clone(text string) []byte {
	buf := buffers.Get().(*bytes.Buffer)
	buf.Reset()
	buf.WriteString(text)
	out := bytes.Clone(buf.Bytes())
	buffers.Put(buf)
	return out
}

func main() { println(render("x"), len(clone("y"))) }
