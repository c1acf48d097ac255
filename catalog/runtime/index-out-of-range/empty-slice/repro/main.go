// Streaming client: prints the text of chat-completion chunks as they arrive over server-sent events.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

type chunk struct {
	Choices []struct {
		Delta struct {
			Content string `json:"content"`
		} `json:"delta"`
	} `json:"choices"`
	Usage *struct {
		TotalTokens int `json:"total_tokens"`
	} `json:"usage"`
}

func collect(body io.Reader) (text string, tokens int, err error) {
	lines := bufio.NewScanner(body)
	for lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok || data == "[DONE]" {
			continue
		}
		var c chunk
		if err := json.Unmarshal([]byte(data), &c); err != nil {
			return text, tokens, fmt.Errorf("chunk: %w", err)
		}
		if c.Usage != nil {
			tokens = c.Usage.TotalTokens
		}
		text += c.Choices[0].Delta.Content
	}
	return text, tokens, lines.Err()
}

// stream is what a server sends with stream_options.include_usage: the last chunk carries usage alone.
const stream = `data: {"choices":[{"delta":{"content":"Hello"}}]}

data: {"choices":[{"delta":{"content":" world"}}]}

data: {"choices":[],"usage":{"total_tokens":12}}

data: [DONE]
`

func main() {
	text, tokens, err := collect(strings.NewReader(stream))
	fmt.Printf("%q, %d tokens, %v\n", text, tokens, err)
}
