// Embeds the chunks of documents in parallel; the workers fill one result map without a lock.
package main

import (
	"fmt"
	"sync"
)

type embedder struct {
	results map[int][]float32
	mu      sync.Mutex
}

func (e *embedder) embed(chunk int) []float32 {
	return []float32{float32(chunk), float32(chunk) / 2}
}

func (e *embedder) work(chunks <-chan int) {
	for chunk := range chunks {
		vector := e.embed(chunk)
		e.results[chunk] = vector
	}
}

func (e *embedder) run(total, workers int) {
	chunks := make(chan int, 256)
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			e.work(chunks)
		}()
	}
	for chunk := range total {
		chunks <- chunk
	}
	close(chunks)
	wg.Wait()
}

func main() {
	e := &embedder{results: make(map[int][]float32)}
	e.run(400_000, 8)
	fmt.Println("embedded", len(e.results), "chunks")
}
