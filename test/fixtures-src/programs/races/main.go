// Data races for the race detector. `races KIND`.
package main

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
)

type stats struct {
	tokens  int
	total   int64
	byModel map[string]int
	last    []string
}

//go:noinline
func (s *stats) count() {
	s.tokens++ // @race-count
}

//go:noinline
func (s *stats) record(model string) {
	s.byModel[model]++ // @race-map
}

//go:noinline
func (s *stats) finish() {
	atomic.AddInt64(&s.total, 1) // @race-atomic
}

func main() {
	s := &stats{byModel: map[string]int{}}
	var wg sync.WaitGroup
	switch os.Args[1] {
	case "one":
		wg.Add(2)
		for i := 0; i < 2; i++ {
			go func() {
				defer wg.Done()
				s.count()
			}()
		}
	case "main":
		wg.Add(1)
		go func() {
			defer wg.Done()
			s.count()
		}()
		fmt.Println(s.tokens) // @race-main
	case "three":
		wg.Add(2)
		for i := 0; i < 2; i++ {
			go func() {
				defer wg.Done()
				s.count()
				s.record("llama")
				s.last = append(s.last, "x") // @race-slice
			}()
		}
	case "atomic":
		wg.Add(1)
		go func() {
			defer wg.Done()
			s.finish()
		}()
		fmt.Println(s.total) // @race-atomic-read
	case "panic":
		wg.Add(1)
		go func() {
			s.count()
			wg.Done()
		}()
		s.count()
		wg.Wait()
		s.byModel = nil
		s.record("llama")
	}
	wg.Wait()
}
