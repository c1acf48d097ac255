package main

import (
	"fmt"
	"sync"
)

// A group of the goroutine's own.
func main() {
	done := make(chan int)
	go func() {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			fmt.Println("inner")
		}()
		wg.Wait()
		close(done)
	}()
	<-done
}
