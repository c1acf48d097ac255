package main

import (
	"fmt"
	"sync"
)

func all(texts []string) int {
	results := make(chan int)
	var workers sync.WaitGroup
	for _, text := range texts {
		workers.Add(1)
		go func() {
			defer workers.Done()
			results <- len(text)
		}()
	}
	go func() {
		workers.Wait()
		close(results)
	}()
	total := 0
	for n := range results {
		total += n
	}
	return total
}

// counted takes as many as were sent.
func counted(texts []string) int {
	results := make(chan int)
	for _, text := range texts {
		go func() { results <- len(text) }()
	}
	total := 0
	for range texts {
		total += <-results
	}
	close(results)
	return total
}

// ended leaves the range itself.
func ended(texts []string) int {
	results := make(chan int)
	for _, text := range texts {
		go func() { results <- len(text) }()
	}
	left, total := len(texts), 0
	for n := range results {
		total += n
		if left--; left == 0 {
			break
		}
	}
	close(results)
	return total
}

func main() {
	fmt.Println(all([]string{"a", "b"}), counted([]string{"a"}), ended([]string{"a", "b"}))
}
