// Fails: run: mixed up: nested instead of first
package main

import (
	"bytes"
	"os"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func note(text string) {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	buf.WriteString(text)
}

// Put back before its last use; what is called in between takes it out again.
func render(text string) string {
	buf := buffers.Get().(*bytes.Buffer)
	buf.Reset()
	buf.WriteString(text)
	buffers.Put(buf)
	note("nested")
	return buf.String() // want pool-use-after-put
}

func check(got, want string) {
	if got != want {
		println("mixed up:", got, "instead of", want)
		os.Exit(1)
	}
}

func main() { check(render("first"), "first") }
