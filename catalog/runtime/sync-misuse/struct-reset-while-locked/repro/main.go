// Resets a session between conversations so that it can be used again.
package main

import (
	"fmt"
	"sync"
)

type session struct {
	mu     sync.Mutex
	id     string
	tokens []int
}

func (s *session) append(token int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens = append(s.tokens, token)
}

func (s *session) reset(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	*s = session{id: id}
}

func main() {
	s := &session{id: "chat-1"}
	s.append(128000)
	s.reset("chat-2")
	s.append(9906)
	fmt.Println(s.id, len(s.tokens))
}
