// Fails: run: panic: (?:close of|send on) closed channel
package main

import "fmt"

func pull(parts []int, workers int) int {
	queue := make(chan int, len(parts))
	sizes := make(chan int, len(parts))
	for _, part := range parts {
		queue <- part
	}
	close(queue)
	for range workers {
		go func() {
			defer close(sizes) // want send-after-close
			for part := range queue {
				sizes <- part
			}
		}()
	}
	total := 0
	for size := range sizes {
		total += size
	}
	return total
}

func main() {
	fmt.Println(pull([]int{1, 2, 3}, 1))
	for range 1000 {
		pull([]int{1, 2, 3, 4, 5, 6, 7, 8}, 8)
	}
}
