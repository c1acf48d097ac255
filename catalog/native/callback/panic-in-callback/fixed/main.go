// Generates tokens in C and turns each into text in a Go callback.
package main

// #include "gen.h"
import "C"

import (
	"fmt"
	"runtime/cgo"
)

type Stream struct {
	vocab []string
	text  string
	err   error
}

func (s *Stream) append(token int) {
	s.text += s.vocab[token]
}

//export acceptToken
func acceptToken(user C.uintptr_t, token C.int) (stop C.int) {
	s := cgo.Handle(user).Value().(*Stream)
	defer func() {
		if r := recover(); r != nil {
			s.err = fmt.Errorf("token %d: %v", token, r)
			stop = 1
		}
	}()
	s.append(int(token))
	return 0
}

// generate runs the C loop over the sampled tokens.
func generate(s *Stream, tokens []C.int) string {
	h := cgo.NewHandle(s)
	defer h.Delete()
	C.gen_run(&tokens[0], C.int(len(tokens)), C.uintptr_t(h))
	return s.text
}

func main() {
	s := &Stream{vocab: []string{"Hello", " world"}}
	fmt.Println(generate(s, []C.int{0, 1, 7}), s.err)
}
