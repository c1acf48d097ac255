// Reads the active model from an atomic.Value before the first model is stored.
package main

import (
	"fmt"
	"sync/atomic"
)

type model struct{ name string }

type server struct{ active atomic.Value }

func (s *server) activate(m *model) {
	s.active.Store(m)
}

func (s *server) activeModel() string {
	m := s.active.Load().(*model)
	return m.name
}

func main() {
	s := &server{}
	// The health check comes before the first load has finished.
	fmt.Println("health:", s.activeModel())
	s.activate(&model{"llama3:8b"})
	fmt.Println("health:", s.activeModel())
}
