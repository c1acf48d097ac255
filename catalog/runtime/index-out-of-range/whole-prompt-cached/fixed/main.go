// A chat server keeps each conversation's KV cache and evaluates only the part of a prompt it has not seen.
package main

import (
	"fmt"
	"slices"
	"strings"
)

type session struct{ cached []string }

// prefix is how many tokens of the prompt the cache holds already.
func (s *session) prefix(prompt []string) int {
	n := 0
	for n < len(prompt) && n < len(s.cached) && prompt[n] == s.cached[n] {
		n++
	}
	return n
}

// decode returns one row of logits for each token of the batch.
func decode(batch []string) [][]float32 {
	logits := make([][]float32, len(batch))
	for i, token := range batch {
		logits[i] = []float32{0.1, float32(len(token)), 0.2}
	}
	return logits
}

// prefill evaluates the rest of the prompt; the last row tells the first token of the answer.
func (s *session) prefill(prompt []string) []float32 {
	reused := min(s.prefix(prompt), len(prompt)-1)
	s.cached = s.cached[:reused]
	batch := prompt[reused:]
	logits := decode(batch)
	s.cached = append(s.cached, batch...)
	return logits[len(logits)-1]
}

func main() {
	s := &session{}
	prompt := strings.Fields("system: be brief user: why is the sky blue")
	for attempt := 1; attempt <= 2; attempt++ {
		logits := s.prefill(prompt)
		fmt.Println("attempt", attempt, "first token", slices.Index(logits, slices.Max(logits)))
	}
}
