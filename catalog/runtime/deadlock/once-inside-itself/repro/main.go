// Loads a tokenizer's vocabulary lazily, on the first use.
package main

import (
	"fmt"
	"strings"
	"sync"
)

type tokenizer struct {
	once  sync.Once
	vocab map[string]int
	eos   int
}

// Vocab loads the vocabulary on first use.
func (t *tokenizer) Vocab() map[string]int {
	t.once.Do(t.load)
	return t.vocab
}

// ID is the number of a token, -1 when the vocabulary lacks it.
func (t *tokenizer) ID(token string) int {
	if id, ok := t.Vocab()[token]; ok {
		return id
	}
	return -1
}

func (t *tokenizer) load() {
	t.vocab = map[string]int{}
	for i, tok := range strings.Fields("<s> </s> the cat sat") {
		t.vocab[tok] = i
	}
	t.eos = t.ID("</s>")
}

func main() {
	t := &tokenizer{}
	fmt.Println("id of cat", t.ID("cat"), "eos", t.eos)
}
