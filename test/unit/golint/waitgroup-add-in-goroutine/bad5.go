// Fails: run: panic: left before both were done
package main

import (
	"sync"
	"sync/atomic"
)

func both() bool {
	var (
		wg   sync.WaitGroup
		done atomic.Int32
	)
	go func() {
		wg.Add(1) // want waitgroup-add-in-goroutine
		defer wg.Done()
		done.Add(1)
	}()
	wg.Add(1)
	go func() {
		defer wg.Done()
		done.Add(1)
	}()
	wg.Wait()
	return done.Load() == 2
}

func main() {
	for range 10000 {
		if !both() {
			panic("left before both were done")
		}
	}
}
