// Embeds documents with a pool of workers and gathers the vectors.
package main

import (
	"fmt"
	"sync"
)

type vector struct {
	doc  string
	norm int
}

func embed(doc string) vector {
	return vector{doc: doc, norm: len(doc)}
}

func embedAll(docs []string, workers int) []vector {
	jobs := make(chan string)
	vectors := make(chan vector)

	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for doc := range jobs {
				vectors <- embed(doc)
			}
		}()
	}
	go func() {
		for _, doc := range docs {
			jobs <- doc
		}
		close(jobs)
		wg.Wait()
	}()

	var all []vector
	for v := range vectors {
		all = append(all, v)
	}
	return all
}

func main() {
	docs := []string{"go.md", "runtime.md", "unsafe.md"}
	fmt.Println("embedded", len(embedAll(docs, 2)))
}
