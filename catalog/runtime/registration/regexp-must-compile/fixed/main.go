// Compiles the split pattern of a tokenizer file, which uses a look-ahead.
package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

type tokenizer struct {
	Pattern string `json:"pattern"`
	split   *regexp.Regexp
}

// withoutLookahead drops the branch that RE2 cannot express; the last one covers the spaces.
func withoutLookahead(pattern string) string {
	return strings.ReplaceAll(pattern, `|\s+(?!\S)`, "")
}

func loadTokenizer(file string) (*tokenizer, error) {
	var t tokenizer
	if err := json.Unmarshal([]byte(file), &t); err != nil {
		return nil, err
	}
	var err error
	t.split, err = regexp.Compile(withoutLookahead(t.Pattern))
	return &t, err
}

func main() {
	t, err := loadTokenizer(`{"pattern":"'s|'t| ?\\p{L}+| ?\\p{N}+|\\s+(?!\\S)|\\s+"}`)
	if err != nil {
		fmt.Println("tokenizer:", err)
		return
	}
	fmt.Printf("%q\n", t.split.FindAllString("it's 42 degrees", -1))
}
