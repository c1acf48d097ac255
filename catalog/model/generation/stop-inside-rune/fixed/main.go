// Streams text and holds back as many bytes as a stop sequence may still need.
package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

const stop = "\nUser:"

// stream sends what can no longer become part of the stop sequence.
type stream struct {
	held string
	sent strings.Builder
}

func (s *stream) write(piece string) (done bool) {
	s.held += piece
	if at := strings.Index(s.held, stop); at >= 0 {
		s.send(s.held[:at])
		return true
	}
	cut := max(0, len(s.held)-(len(stop)-1))
	for cut > 0 && !utf8.RuneStart(s.held[cut]) {
		cut--
	}
	s.send(s.held[:cut])
	s.held = s.held[cut:]
	return false
}

// send writes one chunk as the API does, in JSON.
func (s *stream) send(text string) {
	chunk, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	var received string
	if err := json.Unmarshal(chunk, &received); err != nil {
		panic(err)
	}
	s.sent.WriteString(received)
}

func main() {
	s := &stream{}
	for _, piece := range []string{"模型", "说 ok", "，完成。", "\nUser:"} {
		if s.write(piece) {
			break
		}
	}
	fmt.Println("client received", s.sent.String())
	fmt.Println("damaged:", strings.ContainsRune(s.sent.String(), '\uFFFD'))
}
