// Writes a chat message as JSON and adds a field that clients expect.
package main

import (
	"encoding/json"
	"fmt"
	"runtime/debug"
)

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
	Object  string `json:"object,omitempty"`
}

func (m message) MarshalJSON() ([]byte, error) {
	m.Object = "chat.message"
	return json.Marshal(m)
}

func respond(m message) string {
	body, err := json.Marshal(m)
	if err != nil {
		return err.Error()
	}
	return string(body)
}

func main() {
	// A small limit keeps the crash cheap; the default is 1 GB.
	debug.SetMaxStack(32 << 20)
	fmt.Println(respond(message{Role: "assistant", Content: "Hello"}))
}
