// Fails: run: goroutines: \d\d
package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"time"
)

// Nobody looks at the answer.
func call(url string) error {
	_, err := http.Get(url) // want http-body-not-closed
	return err
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
