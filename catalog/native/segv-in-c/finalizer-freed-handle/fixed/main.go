// Tokenizes a long prompt with a C vocabulary while other requests keep the garbage collector busy.
package main

// #include "vocab.h"
import "C"

import (
	"fmt"
	"runtime"
	"time"
)

// Tokenizer frees its vocabulary when it is garbage. It counts as garbage from its last use in Go on, which may be
// before a C call that was given the handle returns.
type Tokenizer struct {
	handle *C.vocab
}

func NewTokenizer(size int) *Tokenizer {
	t := &Tokenizer{handle: C.vocab_load(C.size_t(size))}
	runtime.SetFinalizer(t, (*Tokenizer).release)
	return t
}

func (t *Tokenizer) release() {
	C.vocab_free(t.handle)
}

// Count returns the number of tokens the prompt takes.
func (t *Tokenizer) Count(prompt []byte) int {
	n := C.vocab_encode(t.handle, C.size_t(len(prompt)))
	runtime.KeepAlive(t) // C is done with the handle: from here on the finalizer may run
	return int(n)
}

func main() {
	go func() {
		for {
			runtime.GC() // stands for the allocations of the other requests
			time.Sleep(5 * time.Millisecond)
		}
	}()
	prompt := make([]byte, 200)
	fmt.Println("tokens", NewTokenizer(16<<20).Count(prompt))
}
