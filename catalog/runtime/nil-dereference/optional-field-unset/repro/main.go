// Request router: a body is one of chat or completion; a scorer hashes prompts for prefix-cache affinity.
package main

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
)

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

type completionBody struct {
	Model  string `json:"model"`
	Prompt string `json:"prompt"`
}

type chatBody struct {
	Model    string    `json:"model"`
	Messages []message `json:"messages"`
}

// requestBody has exactly one of its fields set, like a oneof.
type requestBody struct {
	Completion *completionBody `json:"completion,omitempty"`
	Chat       *chatBody       `json:"chat,omitempty"`
}

type inferenceRequest struct {
	ID   string      `json:"id"`
	Body requestBody `json:"body"`
}

type prefixScorer struct {
	replicas uint32
}

func (s *prefixScorer) pick(r *inferenceRequest) uint32 {
	h := fnv.New32a()
	h.Write([]byte(r.Body.Completion.Prompt))
	return h.Sum32() % s.replicas
}

func main() {
	scorer := &prefixScorer{replicas: 4}
	for _, raw := range []string{
		`{"id":"a","body":{"completion":{"model":"llama3","prompt":"Once upon a time"}}}`,
		`{"id":"b","body":{"chat":{"model":"llama3","messages":[{"role":"user","content":"hi"}]}}}`,
	} {
		var r inferenceRequest
		if err := json.Unmarshal([]byte(raw), &r); err != nil {
			fmt.Println("bad request:", err)
			continue
		}
		fmt.Println("request", r.ID, "-> replica", scorer.pick(&r))
	}
}
