// Renders prompts with buffers from a pool and returns each buffer twice on one path.
package main

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
)

type buffer struct {
	tokens []string
}

var buffers = sync.Pool{New: func() any { return &buffer{} }}

// render fills a pooled buffer and joins it.
func render(prompt string) string {
	b := buffers.Get().(*buffer)
	defer buffers.Put(b)
	b.tokens = append(b.tokens[:0], strings.Fields(prompt)...)
	if len(b.tokens) == 0 {
		return ""
	}
	return strings.Join(b.tokens, "|")
}

func main() {
	runtime.GOMAXPROCS(1)
	render("")
	alice := buffers.Get().(*buffer)
	alice.tokens = append(alice.tokens[:0], "alice's", "secret")
	bob := buffers.Get().(*buffer)
	bob.tokens = append(bob.tokens[:0], "hello")
	fmt.Println("alice:", strings.Join(alice.tokens, " "))
}
