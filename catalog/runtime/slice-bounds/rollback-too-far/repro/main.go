// Generation loop: stops at a stop sequence and takes the tokens that made it back out of the KV cache.
package main

import (
	"fmt"
	"strings"
)

type slot struct {
	cached []string // pieces that are in the KV cache
	next   string   // sampled, not in the cache yet
}

// accept puts the piece before into the cache, which makes room for a new one.
func (s *slot) accept(piece string) {
	if s.next != "" {
		s.cached = append(s.cached, s.next)
	}
	s.next = piece
}

// dropped counts the last pieces that the stop sequence reaches into.
func (s *slot) dropped(stop string) int {
	count, length := 1, len(s.next)
	for i := len(s.cached) - 1; i >= 0 && length < len(stop); i-- {
		count, length = count+1, length+len(s.cached[i])
	}
	return count
}

// rollback shortens the cache to what was sent to the client, for the next turn of the conversation.
func (s *slot) rollback(stop string) {
	keep := len(s.cached) - s.dropped(stop)
	s.cached = s.cached[:keep]
	s.next = ""
}

func generate(pieces []string, stop string) []string {
	s := &slot{}
	for _, piece := range pieces {
		s.accept(piece)
		if strings.HasSuffix(strings.Join(s.cached, "")+s.next, stop) {
			s.rollback(stop)
			break
		}
	}
	return s.cached
}

func main() {
	fmt.Printf("%q\n", generate([]string{"Hello", " there", "<", "end", ">"}, "<end>"))
	fmt.Printf("%q\n", generate([]string{"<", "end", ">"}, "<end>"))
}
