// Tests that a model cache survives a loader that fails.
package cache

import (
	"errors"
	"sync"
	"testing"
)

var errNoFile = errors.New("no such file")

type modelCache struct {
	mu     sync.Mutex
	models map[string]int
}

// load keeps what the loader returns.
func (c *modelCache) load(name string, loader func(string) (int, error)) error {
	c.mu.Lock()
	size, err := loader(name)
	if err != nil {
		return err
	}
	c.models[name] = size
	c.mu.Unlock()
	return nil
}

func TestLoadAfterFailure(t *testing.T) {
	c := &modelCache{models: map[string]int{}}
	missing := func(string) (int, error) { return 0, errNoFile }
	if err := c.load("llama-3-8b", missing); !errors.Is(err, errNoFile) {
		t.Errorf("got %v", err)
	}
	found := func(string) (int, error) { return 8, nil }
	if err := c.load("llama-3-8b", found); err != nil {
		t.Errorf("got %v", err)
	}
}
