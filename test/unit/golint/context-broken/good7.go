package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"time"
)

type store struct{ buckets int }

func (s *store) make(ctx context.Context, name string) error {
	s.buckets++
	return ctx.Err()
}

// Half a reset would be worse than one that nobody waits for.
func (s *store) resetBuckets(ctx context.Context) error {
	s.buckets = 0
	return s.make(context.Background(), "empty")
}

func (s *store) rebuild(ctx context.Context) error { return s.make(ctx, "index") }

// An hour's work is started by a request, and outlives it.
func (s *store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	limit := time.Hour
	if text := r.URL.Query().Get("limit"); text != "" {
		limit, _ = time.ParseDuration(text)
	}
	ctx, done := context.WithTimeout(context.Background(), limit)
	defer done()
	if err := s.rebuild(ctx); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func main() {
	s := &store{}
	s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	println(s.resetBuckets(context.Background()) == nil, s.buckets)
}
