// Fails: 386: unaligned 64-bit atomic operation
package main

import (
	"fmt"
	"sync/atomic"
)

type tokens struct{ in, out int64 }

type session struct {
	id     uint32
	tokens tokens
}

func (s *session) add(n int64) {
	atomic.AddInt64(&s.tokens.out, n) // want atomic-alignment
}

func main() {
	s := new(session)
	s.add(3)
	fmt.Println(s.tokens.in)
}
