// Fails: run: mixed up: other instead of first
package main

import (
	"os"
	"sync"
)

var chunks = sync.Pool{New: func() any { b := make([]byte, 0, 64); return &b }}

func render(text string) []byte {
	p := chunks.Get().(*[]byte)
	out := append((*p)[:0], text...)
	*p = out
	defer chunks.Put(p)
	return (*p)[:len(text)] // want pool-use-after-put
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
