// Starts a service whose tokenizer is loaded by a Must helper.
package main

import (
	"encoding/json"
	"fmt"
)

type tokenizer struct {
	Model string         `json:"model"`
	Vocab map[string]int `json:"vocab"`
}

func loadTokenizer(doc string) (*tokenizer, error) {
	t := &tokenizer{}
	if err := json.Unmarshal([]byte(doc), t); err != nil {
		return nil, fmt.Errorf("tokenizer.json: %w", err)
	}
	return t, nil
}

func mustTokenizer(doc string) *tokenizer {
	t, err := loadTokenizer(doc)
	if err != nil {
		panic(err)
	}
	return t
}

func start(doc string) error {
	t := mustTokenizer(doc)
	fmt.Println("serving with", t.Model, len(t.Vocab))
	return nil
}

func main() {
	// A Git LFS pointer where the file should be.
	doc := "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935\nsize 9085657\n"
	if err := start(doc); err != nil {
		fmt.Println("cannot start:", err)
	}
}
