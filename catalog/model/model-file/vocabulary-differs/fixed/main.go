// Caches tokenizer files on disk by their name, which is the same for every model.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// hub stands for the model registry: for each model, what its tokenizer.json holds.
var hub = map[string]struct{ Vocabulary int }{
	"chat-7b": {Vocabulary: 32000},
	"code-7b": {Vocabulary: 32016},
}

type cache struct{ dir string }

// fetch returns the path of a model's file, downloading it the first time.
func (c *cache) fetch(model, file string) (string, error) {
	path := filepath.Join(c.dir, model, file)
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	content, err := json.Marshal(hub[model])
	if err != nil {
		return "", err
	}
	os.MkdirAll(filepath.Dir(path), 0o755)
	return path, os.WriteFile(path, content, 0o644)
}

func (c *cache) open(model string, embeddingRows int) int {
	path, err := c.fetch(model, "tokenizer.json")
	if err != nil {
		panic(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	var tokenizer struct{ Vocabulary int }
	if err := json.Unmarshal(content, &tokenizer); err != nil {
		panic(err)
	}
	if tokenizer.Vocabulary != embeddingRows {
		panic(fmt.Errorf("model %s: tokenizer vocabulary size %d does not match embedding rows %d",
			model, tokenizer.Vocabulary, embeddingRows))
	}
	return tokenizer.Vocabulary
}

func main() {
	c := &cache{dir: "models"}
	fmt.Println("chat-7b tokens:", c.open("chat-7b", 32000))
	fmt.Println("code-7b tokens:", c.open("code-7b", 32016))
}
