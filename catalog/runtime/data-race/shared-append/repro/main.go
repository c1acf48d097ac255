// Embeds chunks in parallel and gathers the vectors in one slice.
package main

import (
	"fmt"
	"sync"
)

type vector struct {
	chunk int
	norm  float32
}

func embed(chunk string) float32 {
	return float32(len(chunk))
}

func embedAll(chunks []string) []vector {
	var vectors []vector
	var wg sync.WaitGroup
	for i, chunk := range chunks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			vectors = append(vectors, vector{i, embed(chunk)})
		}()
	}
	wg.Wait()
	return vectors
}

func main() {
	fmt.Println("vectors", len(embedAll([]string{"Goroutines", "channels", "select", "mutex"})))
}
