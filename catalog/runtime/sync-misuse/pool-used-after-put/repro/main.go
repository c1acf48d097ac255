// Streams tokens with a pooled buffer and hands the text to the client after the buffer went back.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

type buffer struct {
	text []byte
}

var buffers = sync.Pool{New: func() any { return &buffer{} }}

// complete generates a reply in a pooled buffer.
func complete(tokens ...string) []byte {
	b := buffers.Get().(*buffer)
	defer buffers.Put(b)
	b.text = b.text[:0]
	for _, t := range tokens {
		b.text = append(b.text, t...)
	}
	return b.text
}

func main() {
	runtime.GOMAXPROCS(1)
	alice := complete("The", " password", " is", " hunter2")
	bob := complete("Good", " morning", " to", " you all")
	fmt.Printf("alice: %s\n", alice)
	fmt.Printf("bob: %s\n", bob)
}
