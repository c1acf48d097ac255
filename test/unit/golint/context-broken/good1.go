package main

import (
	"context"
)

func query(ctx context.Context, text string) string { return text }

// Passed on, or detached by name.
func answer(ctx context.Context, text string) string {
	return query(ctx, text) + query(context.WithoutCancel(ctx), text)
}

func main() { println(answer(context.Background(), "x")) }
