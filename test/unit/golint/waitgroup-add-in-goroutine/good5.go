package main

import (
	"fmt"
	"sync"
)

// The function waits until the goroutine says that it has counted itself.
func main() {
	var wg sync.WaitGroup
	started := make(chan int)
	go func() {
		<-started
		wg.Add(1)
		started <- 1
		defer wg.Done()
		fmt.Println("counted")
	}()
	started <- 1
	<-started
	wg.Wait()
}
