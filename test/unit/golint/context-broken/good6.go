package main

import (
	"context"
	"net/http"
	"testing"
)

type store struct{}

func (store) broadcast(ctx context.Context) error { return ctx.Err() }
func (store) commitAll(ctx context.Context) error { return ctx.Err() }

// What every node has promised is committed, whoever hung up.
func write(ctx context.Context, s store) error {
	if err := s.broadcast(ctx); err != nil {
		return err
	}
	return s.commitAll(context.Background())
}

// The copy is only written down.
func wire(r *http.Request) string {
	copied := r.Clone(context.Background())
	return copied.Method
}

// Part of a test, in a file of its own.
func checkStore(ctx context.Context, t *testing.T, s store) {
	if err := s.broadcast(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func main() {
	r, err := http.NewRequest("GET", "http://localhost", nil)
	println(err == nil, wire(r), write(context.Background(), store{}) == nil)
	_ = checkStore
}
