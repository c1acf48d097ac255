// Embeds texts in parallel under a deadline and closes the result channel when time is up.
package main

import (
	"fmt"
	"time"
)

type embedding struct {
	index  int
	vector []float32
}

func embed(index int, text string, results chan<- embedding) {
	time.Sleep(time.Duration(len(text)) * 10 * time.Millisecond)
	results <- embedding{index, []float32{float32(len(text))}}
}

func embedBatch(texts []string, limit time.Duration) map[int][]float32 {
	results := make(chan embedding, len(texts))
	for i, text := range texts {
		go embed(i, text, results)
	}
	vectors := make(map[int][]float32)
	deadline := time.After(limit)
	for len(vectors) < len(texts) {
		select {
		case e := <-results:
			vectors[e.index] = e.vector
		case <-deadline:
			close(results)
			return vectors
		}
	}
	return vectors
}

func main() {
	texts := []string{"sky", "a much longer text than the others", "sea"}
	vectors := embedBatch(texts, 200*time.Millisecond)
	fmt.Println("embedded", len(vectors), "of", len(texts))
	time.Sleep(500 * time.Millisecond)
	fmt.Println("idle")
}
