// Downloads the parts of a model in parallel; each worker closes the shared result channel.
package main

import (
	"fmt"
	"sync"
)

type part struct{ index, size int }

func download(parts <-chan part, results chan<- int, wg *sync.WaitGroup) {
	defer wg.Done()
	defer close(results)
	for p := range parts {
		results <- p.size
	}
}

func pull(sizes []int, workers int) int {
	parts := make(chan part, len(sizes))
	results := make(chan int, len(sizes))
	for i, size := range sizes {
		parts <- part{i, size}
	}
	close(parts)
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go download(parts, results, &wg)
	}
	wg.Wait()
	total := 0
	for size := range results {
		total += size
	}
	return total
}

func main() {
	fmt.Println("bytes:", pull([]int{64, 64, 64, 17}, 1))
	fmt.Println("bytes:", pull([]int{64, 64, 64, 17}, 4))
}
