package main

import (
	"fmt"
	"sync"
)

// Counted already, the goroutine may count what it starts.
func main() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		wg.Add(1)
		go func() {
			defer wg.Done()
			fmt.Println("inner")
		}()
		wg.Done()
	}()
	wg.Wait()
}
