// Fails: run: ran on after the deadline
package main

import (
	"context"
	"net/http"
	"net/http/httptest"
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

// The literal has a request of its own.
var handle = func(w http.ResponseWriter, r *http.Request) {}

func route() http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(generate(context.Background(), "x"))) // want context-broken
	}
}

func init() { handle = route() }

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	w := httptest.NewRecorder()
	handle(w, httptest.NewRequest("GET", "/", nil).WithContext(ctx))
	if w.Body.Len() > 0 {
		println("ran on after the deadline")
		os.Exit(1)
	}
}
