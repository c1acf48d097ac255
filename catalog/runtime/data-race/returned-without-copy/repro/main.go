// Keeps the priority levels of a request queue and shows them to a metrics page.
package main

import (
	"fmt"
	"sync"
)

type flowQueue struct {
	mu     sync.RWMutex
	levels []int
}

// raise moves a priority level up by one.
func (q *flowQueue) raise(i int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.levels[i]++
}

// orderedLevels returns the levels, highest first.
func (q *flowQueue) orderedLevels() []int {
	q.mu.RLock()
	defer q.mu.RUnlock()
	return q.levels
}

func total(levels []int) int {
	sum := 0
	for _, l := range levels {
		sum += l
	}
	return sum
}

func main() {
	q := &flowQueue{levels: []int{100, 10, 1}}
	var wg sync.WaitGroup
	levels := q.orderedLevels()
	wg.Add(1)
	go func() {
		defer wg.Done()
		q.raise(2)
	}()
	fmt.Println("total", total(levels))
	wg.Wait()
}
