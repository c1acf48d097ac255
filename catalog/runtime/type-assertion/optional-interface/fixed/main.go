// Asks a model backend for embeddings although not every backend can make them.
package main

import (
	"errors"
	"fmt"
)

var errNoEmbeddings = errors.New("backend makes no embeddings")

type backend interface {
	Generate(prompt string) string
}

type embedder interface {
	Embed(text string) []float32
}

type chatBackend struct{ model string }

func (c *chatBackend) Generate(prompt string) string {
	return c.model + " answers " + prompt
}

func embedText(b backend, text string) ([]float32, error) {
	e, ok := b.(embedder)
	if !ok {
		return nil, errNoEmbeddings
	}
	return e.Embed(text), nil
}

func main() {
	b := &chatBackend{model: "llama3:8b"}
	fmt.Println(b.Generate("hi"))
	vector, err := embedText(b, "hi")
	fmt.Println(vector, err)
}
