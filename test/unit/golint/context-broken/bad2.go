// Fails: run: ran on after the deadline
package main

import (
	"context"
	"os"
	"time"
)

// A model that notices when nobody waits any more.
func generate(ctx context.Context, prompt string) string {
	select {
	case <-ctx.Done():
		return ""
	case <-time.After(300 * time.Millisecond):
		return prompt
	}
}

// Its own limit, but not the caller's.
func answer(ctx context.Context, prompt string) string {
	call, cancel := context.WithTimeout(context.Background(), time.Minute) // want context-broken
	defer cancel()
	return generate(call, prompt)
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if answer(ctx, "hello") != "" {
		println("ran on after the deadline")
		os.Exit(1)
	}
}
