package main

import (
	"context"
	"time"
)

type store struct{}

func (store) Rollback(ctx context.Context) {}
func (store) Save(ctx context.Context)     {}

// Ends things although the caller is gone.
func save(ctx context.Context, s store) {
	defer s.Save(context.Background())
	s.Rollback(context.Background())
}

func (s store) Shutdown(ctx context.Context) {
	late, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	s.Save(late)
}

func main() { save(context.Background(), store{}); store{}.Shutdown(context.Background()) }
