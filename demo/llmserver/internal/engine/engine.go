// Package engine turns prompts into tokens, one goroutine per request.
package engine

import (
	"hash/fnv"
	"log"
	"strings"
	"time"

	"example.com/llmserver/internal/prefixcache"
	"example.com/llmserver/internal/registry"
)

// Token is one piece of the answer.
type Token struct {
	Text string `json:"text"`
	Last bool   `json:"last,omitempty"`
}

// Stream is one answer on its way.
type Stream struct {
	Tokens chan Token
}

// Close ends the stream. The reader calls it when it wants no more tokens.
func (s *Stream) Close() {
	close(s.Tokens)
}

// Engine evaluates prompts at a steady pace.
type Engine struct {
	pace  time.Duration
	cache *prefixcache.Cache
}

// New returns an engine that takes pace for every token.
func New(pace time.Duration, cache *prefixcache.Cache) *Engine {
	return &Engine{pace: pace, cache: cache}
}

// Start begins to answer and returns at once.
func (e *Engine) Start(model *registry.Model, prompt string, maxTokens int) *Stream {
	maxTokens = min(max(maxTokens, 1), model.Shape.Context)
	reused := e.cache.Longest(model.Name, prompt)
	log.Printf("engine: model=%s prompt=%d bytes, %d from the prefix cache", model.Name, len(prompt), reused)
	stream := &Stream{Tokens: make(chan Token)}
	go e.decode(stream, model, prompt, maxTokens)
	return stream
}

func (e *Engine) decode(stream *Stream, model *registry.Model, prompt string, maxTokens int) {
	state := fnv.New64a()
	state.Write([]byte(model.Name + prompt))
	for i := range maxTokens {
		time.Sleep(e.pace)
		text := sample(state.Sum64(), i)
		state.Write([]byte(text))
		stream.Tokens <- Token{Text: text, Last: i == maxTokens-1}
	}
	e.cache.Add(model.Name, prompt)
}

var vocabulary = strings.Fields(`the a cache token stream model reads writes fills holds next first
	long short prompt answer layer head with from into and then again`)

func sample(logits uint64, position int) string {
	return vocabulary[(logits>>7+uint64(position))%uint64(len(vocabulary))] + " "
}
