// Fails: run: panic: embedded \d of 8
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func embedAll(texts []string) int64 {
	var workers sync.WaitGroup
	var done atomic.Int64
	for range texts {
		go func() {
			workers.Add(1) // want waitgroup-add-in-goroutine
			defer workers.Done()
			done.Add(1)
		}()
	}
	workers.Wait()
	return done.Load()
}

func main() {
	for range 10000 {
		if n := embedAll(make([]string, 8)); n != 8 {
			panic(fmt.Sprintf("embedded %d of 8", n))
		}
	}
}
