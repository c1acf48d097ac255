// Fails: run: ran on after the deadline
// The request is made without the context that is at hand.
package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"time"
)

func fetch(ctx context.Context, url string) error {
	req, err := http.NewRequest("GET", url, nil) // want context-broken
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func main() {
	slow := func(w http.ResponseWriter, r *http.Request) { time.Sleep(300 * time.Millisecond) }
	server := httptest.NewServer(http.HandlerFunc(slow))
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if fetch(ctx, server.URL) == nil {
		println("ran on after the deadline")
		os.Exit(1)
	}
}
