// Fails: run: ran on after the deadline
package main

import (
	std "context"
	"net/http"
	"net/http/httptest"
	"os"
	"time"
)

func generate(ctx std.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(300 * time.Millisecond):
		return true
	}
}

func routes(mux *http.ServeMux, done chan<- bool) {
	mux.HandleFunc("GET /chat", func(w http.ResponseWriter, req *http.Request) {
		done <- generate(std.TODO()) // want context-broken
	})
}

func main() {
	mux, done := http.NewServeMux(), make(chan bool, 1)
	routes(mux, done)
	server := httptest.NewServer(mux)
	client := http.Client{Timeout: 50 * time.Millisecond}
	if resp, err := client.Get(server.URL + "/chat"); err == nil {
		resp.Body.Close()
	}
	if <-done {
		println("ran on after the deadline")
		os.Exit(1)
	}
}
