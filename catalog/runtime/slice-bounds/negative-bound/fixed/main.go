// Model registry: splits a reference such as library/llama3:8b into name and tag.
package main

import (
	"fmt"
	"strings"
)

type reference struct {
	name string
	tag  string
}

func parseReference(text string) reference {
	colon := strings.LastIndex(text, ":")
	if colon < 0 {
		return reference{name: text, tag: "latest"}
	}
	return reference{name: text[:colon], tag: text[colon+1:]}
}

func main() {
	for _, text := range []string{"library/llama3:8b", "library/qwen2"} {
		fmt.Printf("%+v\n", parseReference(text))
	}
}
