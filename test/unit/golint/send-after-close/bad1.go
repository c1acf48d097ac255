// Fails: run: panic: send on closed channel
package main

import (
	"fmt"
	"time"
)

func embed(text string) int {
	time.Sleep(time.Duration(len(text)) * time.Millisecond)
	return len(text)
}

func embedAll(texts []string, limit time.Duration) int {
	results := make(chan int)
	for _, text := range texts {
		go func() { results <- embed(text) }()
	}
	total := 0
	deadline := time.After(limit)
	for range texts {
		select {
		case n := <-results:
			total += n
		case <-deadline:
			close(results) // want send-after-close
			return total
		}
	}
	return total
}

func main() {
	fmt.Println(embedAll([]string{"sky", string(make([]byte, 50)), string(make([]byte, 60))}, 20*time.Millisecond))
	time.Sleep(200 * time.Millisecond)
}
