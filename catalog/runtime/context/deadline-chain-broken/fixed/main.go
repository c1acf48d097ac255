// Calls a model with a fresh background context, so that the client's deadline never reaches it.
package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

type model struct{ steps int }

// generate makes one token per step until it is done or its context is.
func (m *model) generate(ctx context.Context) (tokens int, err error) {
	for range m.steps {
		select {
		case <-ctx.Done():
			return tokens, ctx.Err()
		case <-time.After(5 * time.Millisecond):
			tokens++
		}
	}
	return tokens, nil
}

func complete(ctx context.Context, m *model) (int, error) {
	return m.generate(ctx)
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err := complete(ctx, &model{steps: 200})
	late := time.Since(start) > 600*time.Millisecond
	fmt.Println("stopped by the deadline:", errors.Is(err, context.DeadlineExceeded))
	fmt.Println("answered long after the deadline:", late)
}
