// Fails: run: goroutines: \d\d
package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"time"
)

// The status is all that is looked at.
func call(url string) (int, error) {
	resp, err := http.Get(url) // want http-body-not-closed
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
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
