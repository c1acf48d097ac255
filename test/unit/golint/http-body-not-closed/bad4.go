// Fails: run: goroutines: \d\d
package main

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"time"
)

// Each new try forgets the response of the one before.
func call(url string) error {
	for range 3 {
		resp, err := http.Post(url, "application/json", nil) // want http-body-not-closed
		if err != nil || resp.StatusCode >= 500 {
			continue
		}
		return resp.Body.Close()
	}
	return errors.New("busy")
}

func main() {
	busy := func(w http.ResponseWriter, r *http.Request) { http.Error(w, "busy", http.StatusServiceUnavailable) }
	server := httptest.NewServer(http.HandlerFunc(busy))
	for range 20 {
		call(server.URL)
	}
	http.DefaultClient.CloseIdleConnections()
	time.Sleep(200 * time.Millisecond)
	if n := runtime.NumGoroutine(); n > 20 {
		println("goroutines:", n)
		os.Exit(1)
	}
}
