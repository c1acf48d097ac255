// Everybody waits: main in a WaitGroup, the workers on a channel.
package main

import "sync"

func work(jobs chan int, wg *sync.WaitGroup) {
	for range jobs {
	}
	wg.Done()
}

func main() {
	jobs := make(chan int)
	var wg sync.WaitGroup
	for range 3 {
		wg.Add(1)
		go work(jobs, &wg)
	}
	jobs <- 1
	wg.Wait()
}
