// Fails: run: goroutines: \d\d
package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"time"
)

// Closed, but not where the model server is busy.
func call(url string) ([]byte, error) {
	resp, err := http.DefaultClient.Get(url) // want http-body-not-closed
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("model server: %s", resp.Status)
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
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
