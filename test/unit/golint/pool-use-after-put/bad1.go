// Fails: run: mixed up: other instead of first
package main

import (
	"bytes"
	"os"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// The deferred Put runs before the caller has the bytes.
func render(text string) []byte {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	buf.WriteString(text)
	return buf.Bytes() // want pool-use-after-put
}

func check(got, want string) {
	if got != want {
		println("mixed up:", got, "instead of", want)
		os.Exit(1)
	}
}

func main() {
	a := render("first")
	_ = render("other")
	check(string(a), "first")
}
