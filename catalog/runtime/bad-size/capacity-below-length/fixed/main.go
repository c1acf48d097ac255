// Copies a chat history into a slice whose capacity is a fixed number of turns.
package main

import "fmt"

const maxTurns = 4

type message struct {
	role, content string
}

type session struct {
	history []message
}

func (s *session) add(role, content string) {
	s.history = append(s.history, message{role, content})
}

// snapshot leaves room for the turns that will follow.
func (s *session) snapshot(room int) []message {
	turns := make([]message, len(s.history), max(room, len(s.history)))
	copy(turns, s.history)
	return turns
}

func main() {
	s := &session{}
	for turn := 1; turn <= 6; turn++ {
		s.add("user", fmt.Sprintf("question %d", turn))
		fmt.Println("turn", turn, "of", len(s.snapshot(maxTurns)))
	}
}
