// Reads a required field of a decoded upstream reply that this upstream leaves out.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
)

var errNoID = errors.New("reply has no id")

func replyID(body []byte) (string, error) {
	var reply map[string]any
	if err := json.Unmarshal(body, &reply); err != nil {
		return "", err
	}
	id, ok := reply["id"].(string)
	if !ok {
		return "", errNoID
	}
	return id, nil
}

func logReply(upstream, body string) {
	id, err := replyID([]byte(body))
	if err != nil {
		fmt.Println(upstream, err)
		return
	}
	fmt.Println(upstream, "answered with", id)
}

func main() {
	logReply("openai", `{"id":"chatcmpl-1","choices":[]}`)
	logReply("proxy", `{"error":{"message":"model is loading"}}`)
}
