// Fails: run: goroutines: \d\d
package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"time"
)

type reply struct{ Text string }

// The decoder stops at the first mistake, and the function with it.
func call(url string) (reply, error) {
	var out reply
	resp, err := http.Post(url, "application/json", strings.NewReader("{}")) // want http-body-not-closed
	if err != nil {
		return out, err
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return out, err
	}
	resp.Body.Close()
	return out, nil
}

func main() {
	busy := func(w http.ResponseWriter, r *http.Request) { http.Error(w, strings.Repeat("busy ", 20_000), 503) }
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
