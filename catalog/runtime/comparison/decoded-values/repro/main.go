// Detects a model that repeats a tool call by comparing decoded arguments.
package main

import (
	"encoding/json"
	"fmt"
)

type toolCall struct {
	Name      string         `json:"name"`
	Arguments map[string]any `json:"arguments"`
}

func sameShape(a, b toolCall) bool {
	return a.Name == b.Name && len(a.Arguments) == len(b.Arguments)
}

func repeats(previous, next toolCall) bool {
	if !sameShape(previous, next) {
		return false
	}
	for key, value := range next.Arguments {
		if previous.Arguments[key] != value {
			return false
		}
	}
	return true
}

func decode(reply string) toolCall {
	var call toolCall
	if err := json.Unmarshal([]byte(reply), &call); err != nil {
		panic(err)
	}
	return call
}

func main() {
	plain := decode(`{"name":"weather","arguments":{"city":"Berlin"}}`)
	fmt.Println("repeats:", repeats(plain, plain))
	list := decode(`{"name":"weather","arguments":{"cities":["Berlin","Wuhan"]}}`)
	fmt.Println("repeats:", repeats(list, list))
}
