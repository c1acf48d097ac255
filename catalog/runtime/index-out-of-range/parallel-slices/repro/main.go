// Vector ingest: objects are embedded in one batch call and stored with their vectors.
package main

import (
	"fmt"
	"strings"
)

type object struct {
	id   string
	text string
}

// embed stands for a remote embedder: it leaves out texts that are empty after trimming.
func embed(texts []string) [][]float32 {
	var vectors [][]float32
	for _, text := range texts {
		if text = strings.TrimSpace(text); text != "" {
			vectors = append(vectors, []float32{float32(len(text)), 1})
		}
	}
	return vectors
}

func store(index map[string][]float32, objects []object) error {
	texts := make([]string, len(objects))
	for i, o := range objects {
		texts[i] = o.text
	}
	vectors := embed(texts)
	for i, o := range objects {
		index[o.id] = vectors[i]
	}
	return nil
}

func main() {
	index := map[string][]float32{}
	fmt.Println(store(index, []object{{"a", "blue sky"}, {"b", "green tree"}}), len(index))
	fmt.Println(store(index, []object{{"c", "red rose"}, {"d", " "}, {"e", "white"}}), len(index))
}
