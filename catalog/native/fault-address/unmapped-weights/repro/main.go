// Serves a tensor out of mapped weights while the scheduler unloads the idle model.
package main

import (
	"fmt"
	"sync"
	"syscall"
)

type Model struct {
	mu      sync.Mutex
	mapping []byte
}

func load(bytes int) (*Model, error) {
	m, err := syscall.Mmap(-1, 0, bytes, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	return &Model{mapping: m}, err
}

// tensor views n weights from an offset on.
func (m *Model) tensor(at, n int) []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.mapping[at : at+n]
}

// unload unmaps the weights.
func (m *Model) unload() {
	m.mu.Lock()
	defer m.mu.Unlock()
	syscall.Munmap(m.mapping)
	m.mapping = nil
}

func norm(weights []byte) (sum int) {
	for _, w := range weights {
		sum += int(w) * int(w)
	}
	return sum
}

func main() {
	m, err := load(8 << 20)
	if err != nil {
		fmt.Println("load:", err)
		return
	}
	q := m.tensor(4160, 64)
	m.unload()
	fmt.Println("norm", norm(q))
}
