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

func answer(ctx context.Context, prompt string) string {
	return generate(context.Background(), prompt) // want context-broken
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if answer(ctx, "hello") != "" {
		println("ran on after the deadline")
		os.Exit(1)
	}
}
