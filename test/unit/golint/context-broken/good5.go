package main

import (
	"context"
	"log/slog"
)

type queue struct{ ctx context.Context }

// For later, or for a note.
func open(ctx context.Context) *queue {
	slog.InfoContext(context.Background(), "open")
	return &queue{ctx: context.Background()}
}

func main() { _ = open(context.Background()) }
