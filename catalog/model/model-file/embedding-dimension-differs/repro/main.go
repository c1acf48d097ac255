// Adds documents to a vector index that an earlier embedding model has filled.
package main

import "fmt"

type embedder struct {
	name       string
	dimensions int
}

func (e *embedder) embed(text string) []float32 {
	vector := make([]float32, e.dimensions)
	for i, letter := range []byte(text) {
		vector[i%len(vector)] += float32(letter)
	}
	return vector
}

// store keeps one index per collection; the first vector sets its dimension.
type store map[string][][]float32

func (s store) add(collection string, vector []float32) error {
	if held := s[collection]; len(held) > 0 && len(held[0]) != len(vector) {
		return fmt.Errorf("index %q: expected %d dimensions, got %d", collection, len(held[0]), len(vector))
	}
	s[collection] = append(s[collection], vector)
	return nil
}

func ingest(s store, e *embedder, documents []string) {
	for _, document := range documents {
		if err := s.add("documents", e.embed(document)); err != nil {
			panic(err)
		}
	}
}

func main() {
	persisted := store{}
	ingest(persisted, &embedder{name: "small-v1", dimensions: 384}, []string{"first", "second"})
	fmt.Println("ingested with small-v1")
	ingest(persisted, &embedder{name: "base-v2", dimensions: 768}, []string{"third"})
	fmt.Println("ingested with base-v2")
}
