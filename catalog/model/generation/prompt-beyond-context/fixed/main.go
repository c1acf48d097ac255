// Keeps a chat below the context window by counting characters, while the model counts tokens.
package main

import (
	"fmt"
	"strings"
)

const contextTokens = 64

// tokenize makes a token per ASCII word and one per letter of every other script, as byte-level BPE nearly does.
func tokenize(text string) []string {
	var tokens []string
	for _, word := range strings.Fields(text) {
		if len(word) == len([]rune(word)) {
			tokens = append(tokens, word)
			continue
		}
		tokens = append(tokens, strings.Split(word, "")...)
	}
	return tokens
}

type engine struct{}

func (engine) prefill(prompt string) (int, error) {
	tokens := tokenize(prompt)
	if len(tokens) > contextTokens {
		return 0, fmt.Errorf("prompt of %d tokens exceeds context length %d", len(tokens), contextTokens)
	}
	return len(tokens), nil
}

// history drops the oldest messages until the rest fits.
func history(messages []string) string {
	for len(tokenize(strings.Join(messages, "\n"))) > contextTokens {
		messages = messages[1:]
	}
	return strings.Join(messages, "\n")
}

func complete(e engine, messages []string) int {
	tokens, err := e.prefill(history(messages))
	if err != nil {
		panic(fmt.Errorf("decode: %w", err))
	}
	return tokens
}

func main() {
	english := strings.Repeat("tell me a story ", 4)
	chinese := strings.Repeat("请给我讲一个故事吧", 4)
	fmt.Println("prefilled", complete(engine{}, []string{english, english, english}), "tokens")
	fmt.Println("prefilled", complete(engine{}, []string{chinese, chinese}), "tokens")
}
