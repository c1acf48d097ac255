// Chat endpoint: renders the messages of a request into the prompt of a model.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
)

type message struct {
	Role    string
	Content string
}

var marks = map[string]string{"system": "<|sys|>", "user": "<|usr|>", "assistant": "<|ast|>"}

func render(messages []message) (string, error) {
	var prompt strings.Builder
	for _, m := range messages {
		mark, ok := marks[m.Role]
		if !ok {
			return "", fmt.Errorf("template has no role %q", m.Role)
		}
		prompt.WriteString(mark + m.Content)
	}
	return prompt.String(), nil
}

func chat(w http.ResponseWriter, r *http.Request) {
	var messages []message
	if err := json.NewDecoder(r.Body).Decode(&messages); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	prompt, err := render(messages)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	fmt.Fprintf(w, "prompt of %d bytes", len(prompt))
}

func main() {
	server := httptest.NewServer(http.HandlerFunc(chat))
	defer server.Close()
	for _, body := range []string{`[{"role":"user","content":"hi"}]`, `[{"role":"tool","content":"42"}]`} {
		resp, err := server.Client().Post(server.URL, "application/json", strings.NewReader(body))
		if err != nil {
			fmt.Println("client:", err.(interface{ Unwrap() error }).Unwrap())
			continue
		}
		fmt.Println("client:", resp.Status)
		resp.Body.Close()
	}
}
