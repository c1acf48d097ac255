package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

// Another Add.
func main() {
	var wg sync.WaitGroup
	var count atomic.Int64
	wg.Add(1)
	go func() {
		count.Add(1)
		wg.Done()
	}()
	wg.Wait()
	fmt.Println(count.Load())
}
