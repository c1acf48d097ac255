// Saves chat sessions with gob and registers two message types under one name.
package main

import (
	"bytes"
	"encoding/gob"
	"fmt"
)

type userMessage struct{ Text string }

type toolMessage struct{ Result string }

type session struct{ Messages []any }

func registerMessages() {
	gob.RegisterName("chat.message", userMessage{})
	gob.RegisterName("chat.message", toolMessage{})
}

func save(s session) ([]byte, error) {
	var buf bytes.Buffer
	err := gob.NewEncoder(&buf).Encode(s)
	return buf.Bytes(), err
}

func main() {
	registerMessages()
	data, err := save(session{[]any{userMessage{"hi"}, toolMessage{"42"}}})
	fmt.Println("saved", len(data) > 0, err)
}
