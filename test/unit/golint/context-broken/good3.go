package main

import (
	"context"
)

func work(ctx context.Context) {}

// Outlives the call; none was given; none is at hand.
func begin(ctx context.Context) {
	go work(context.Background())
	go func() { work(context.Background()) }()
}

func ensure(ctx context.Context) {
	if ctx == nil {
		ctx = context.Background()
	}
	work(ctx)
}

func alone() { work(context.Background()) }

func ignored(_ context.Context) { work(context.Background()) }

func main() {
	begin(context.Background())
	ensure(context.Background())
	alone()
	ignored(context.Background())
}
