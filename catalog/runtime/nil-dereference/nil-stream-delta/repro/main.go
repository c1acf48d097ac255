// Relays a model's stream; the last chunk carries the token counts and no delta.
package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

type delta struct {
	Content string `json:"content"`
}

type choice struct {
	Delta        *delta `json:"delta"`
	FinishReason string `json:"finish_reason"`
}

type chunk struct {
	Choices []choice `json:"choices"`
	Usage   *struct {
		Tokens int `json:"completion_tokens"`
	} `json:"usage"`
}

type relay struct{ answer strings.Builder }

func (r *relay) onChunk(c *chunk) {
	for _, choice := range c.Choices {
		r.answer.WriteString(choice.Delta.Content)
	}
}

func (r *relay) run(lines []string) error {
	for _, line := range lines {
		data, found := strings.CutPrefix(line, "data: ")
		if !found || data == "[DONE]" {
			continue
		}
		var c chunk
		if err := json.Unmarshal([]byte(data), &c); err != nil {
			return err
		}
		r.onChunk(&c)
	}
	return nil
}

func main() {
	r := &relay{}
	err := r.run([]string{
		`data: {"choices":[{"delta":{"content":"Hel"}}]}`,
		`data: {"choices":[{"delta":{"content":"lo"}}]}`,
		`data: {"choices":[{"finish_reason":"stop"}],"usage":{"completion_tokens":2}}`,
		`data: [DONE]`,
	})
	fmt.Println("answer:", r.answer.String(), err)
}
