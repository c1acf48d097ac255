// Fails: race: WARNING: DATA RACE
package main

import (
	"fmt"
	"sync"
)

func load(names []string) map[string]int {
	wg := &sync.WaitGroup{}
	var mu sync.Mutex
	sizes := map[string]int{}
	for _, name := range names {
		go func(name string) {
			wg.Add(1) // want waitgroup-add-in-goroutine
			mu.Lock()
			sizes[name] = len(name)
			mu.Unlock()
			wg.Done()
		}(name)
	}
	wg.Wait()
	return sizes
}

func main() {
	total := 0
	for range 2000 {
		total += len(load([]string{"a", "b", "c", "d"}))
	}
	fmt.Println(total)
}
