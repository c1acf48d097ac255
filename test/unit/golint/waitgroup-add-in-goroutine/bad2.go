// Fails: run: panic: no answer
package main

import "sync"

func ask(question string) (answer string) {
	var wg sync.WaitGroup
	go func() {
		defer wg.Done()
		wg.Add(1) // want waitgroup-add-in-goroutine
		answer = "to " + question
	}()
	wg.Wait()
	return answer
}

func main() {
	for range 10000 {
		if ask("why") == "" {
			panic("no answer")
		}
	}
}
