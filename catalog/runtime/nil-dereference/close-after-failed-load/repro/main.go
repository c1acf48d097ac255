// Model loader: reads the weights, then reserves the KV cache; an aborted load is cleaned up by the caller.
package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

type kvCache struct {
	cells  []float32
	closed bool
}

func (c *kvCache) Close() {
	c.cells = nil
	c.closed = true
}

type inputCache struct {
	slots int
	kv    *kvCache
}

func (c *inputCache) Close() {
	c.kv.Close()
}

type model struct {
	path   string
	layers int
	inputs *inputCache
}

func load(ctx context.Context, path string) (*model, error) {
	m := &model{path: path, inputs: &inputCache{slots: 4}}
	for m.layers < 32 {
		select {
		case <-ctx.Done():
			return m, fmt.Errorf("load %s: %w", path, ctx.Err())
		case <-time.After(time.Millisecond): // one layer read
			m.layers++
		}
	}
	m.inputs.kv = &kvCache{cells: make([]float32, 4096)}
	return m, nil
}

func serve(ctx context.Context, path string) error {
	m, err := load(ctx, path)
	defer m.inputs.Close()
	if err != nil {
		return err
	}
	fmt.Println("ready with", m.layers, "layers")
	return nil
}

func main() {
	fmt.Println(serve(context.Background(), "small.gguf"))
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer cancel()
	if err := serve(ctx, "large.gguf"); errors.Is(err, context.DeadlineExceeded) {
		fmt.Println(err)
	}
}
