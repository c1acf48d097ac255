// Two goroutines use one counter. Built with -race.
package main

import (
	"fmt"
	"sync"
)

type stats struct{ tokens int }

func (s *stats) add(n int) { s.tokens += n }

func main() {
	var s stats
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s.add(1)
		}()
	}
	wg.Wait()
	fmt.Println(s.tokens)
}
