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

func handle(w http.ResponseWriter, r *http.Request) {
	text := generate(context.TODO(), r.URL.Path) // want context-broken
	_, _ = w.Write([]byte(text))
}

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
