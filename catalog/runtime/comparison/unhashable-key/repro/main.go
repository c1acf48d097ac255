// Removes duplicate messages of a chat by using their decoded content as a map key.
package main

import (
	"encoding/json"
	"fmt"
)

type message struct {
	Role    string `json:"role"`
	Content any    `json:"content"`
}

func (m message) key() string {
	encoded, err := json.Marshal(m)
	if err != nil {
		return m.Role
	}
	return string(encoded)
}

func distinct(messages []message) int {
	seen := make(map[any]bool)
	for _, m := range messages {
		seen[m.Content] = true
	}
	return len(seen)
}

func main() {
	var messages []message
	body := `[{"role":"user","content":"hi"},
		{"role":"user","content":[{"type":"text","text":"what is in this image?"}]}]`
	if err := json.Unmarshal([]byte(body), &messages); err != nil {
		panic(err)
	}
	fmt.Println("first:", messages[0].key())
	fmt.Println("distinct messages:", distinct(messages))
}
