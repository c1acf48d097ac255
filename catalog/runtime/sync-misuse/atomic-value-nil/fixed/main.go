// Swaps the sampling parameters of a running server when its configuration file changes.
package main

import (
	"encoding/json"
	"fmt"
	"sync/atomic"
)

type sampling struct {
	Temperature float64 `json:"temperature"`
	TopK        int     `json:"top_k"`
}

type server struct {
	sampling atomic.Value
}

func parse(doc string) any {
	var s *sampling
	if err := json.Unmarshal([]byte(doc), &s); err != nil || s == nil {
		return nil
	}
	return s
}

func (s *server) reload(doc string) {
	next := parse(doc)
	if next == nil {
		return
	}
	s.sampling.Store(next)
}

func main() {
	s := &server{}
	s.reload(`{"temperature": 0.7, "top_k": 40}`)
	s.reload("null")
	fmt.Println("top_k", s.sampling.Load().(*sampling).TopK)
}
