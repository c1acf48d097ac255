// Fails: run: mixed up: nested instead of first
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

func note(text string) {
	buf := buffers.Get().(*bytes.Buffer)
	buf.WriteString(text)
	release(buf)
}

// The bytes lie in the buffer, under another name.
func render(text string) string {
	buf := buffers.Get().(*bytes.Buffer)
	buf.WriteString(text)
	out := buf.Bytes()
	release(buf)
	note("nested")
	return string(out[:len(text)]) // want pool-use-after-put
}

func check(got, want string) {
	if got != want {
		println("mixed up:", got, "instead of", want)
		os.Exit(1)
	}
}

func main() { check(render("first")+"d", "first"+"d") }
