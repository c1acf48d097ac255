// Fails: run: panic: send on closed channel
package main

import "sync"

func sum(parts []int) (total int) {
	wg := new(sync.WaitGroup)
	results := make(chan int, len(parts))
	for _, part := range parts {
		go func() {
			wg.Add(1) // want waitgroup-add-in-goroutine
			defer wg.Done()
			results <- part
		}()
	}
	wg.Wait()
	close(results)
	for n := range results {
		total += n
	}
	return total
}

func main() {
	for range 10000 {
		sum([]int{1, 2, 3, 4})
	}
}
