// Completion client: decodes the upstream's answer and returns the text of the message.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
)

type reply struct {
	Model   string `json:"model"`
	Message string `json:"message"`
	Done    bool   `json:"done"`
}

type client struct {
	base string
}

func (c *client) complete(path string) (string, error) {
	resp, err := http.Get(c.base + path)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("upstream: %s", resp.Status)
	}
	var r *reply
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return "", fmt.Errorf("upstream: %w", err)
	}
	if r == nil {
		return "", fmt.Errorf("upstream: empty reply")
	}
	return r.Message, nil
}

// upstream answers 200 with a JSON null when a guardrail has removed the message.
func upstream(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/blocked" {
		fmt.Fprintln(w, "null")
		return
	}
	json.NewEncoder(w).Encode(reply{Model: "llama3", Message: "Because of scattering.", Done: true})
}

func main() {
	server := httptest.NewServer(http.HandlerFunc(upstream))
	c := &client{base: server.URL}
	for _, path := range []string{"/sky", "/blocked"} {
		text, err := c.complete(path)
		fmt.Printf("%q %v\n", text, err)
	}
}
