// Fails: run: mixed up: other instead of first
package main

import (
	"bytes"
	"os"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

type reply struct{ buf *bytes.Buffer }

// On one path only: the early Put does not return.
func render(text string, keep bool) reply {
	buf := buffers.Get().(*bytes.Buffer)
	buf.Reset()
	buf.WriteString(text)
	if !keep {
		buffers.Put(buf)
	}
	return reply{buf: buf} // want pool-use-after-put
}

func check(got, want string) {
	if got != want {
		println("mixed up:", got, "instead of", want)
		os.Exit(1)
	}
}

func main() {
	a := render("first", false)
	_ = render("other", true)
	check(a.buf.String(), "first")
}
