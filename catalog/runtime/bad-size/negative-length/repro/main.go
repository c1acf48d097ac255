// Reserves room for the answer behind a prompt that fills more than the context window.
package main

import (
	"fmt"
	"strings"
)

type generator struct {
	numCtx   int
	maxReply int
}

func (g *generator) tokenize(prompt string) []int32 {
	tokens := []int32{1}
	for i := range strings.Fields(prompt) {
		tokens = append(tokens, int32(i+100))
	}
	return tokens
}

func (g *generator) replyBuffer(prompt []int32) []int32 {
	room := g.numCtx - len(prompt)
	if room > g.maxReply {
		room = g.maxReply
	}
	return make([]int32, room)
}

func (g *generator) generate(prompt string) []int32 {
	tokens := g.tokenize(prompt)
	reply := g.replyBuffer(tokens)
	for i := range reply {
		reply[i] = tokens[i%len(tokens)]
	}
	return reply
}

func main() {
	g := &generator{numCtx: 16, maxReply: 8}
	fmt.Println("short prompt:", len(g.generate("why is the sky blue")), "tokens")
	fmt.Println("long prompt:", len(g.generate(strings.Repeat("and why ", 12))), "tokens")
}
