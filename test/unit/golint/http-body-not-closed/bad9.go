// Fails: run: goroutines: \d\d
// Nobody takes the response.
package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"time"
)

type hook struct{ client *http.Client }

func (h *hook) notify(url, text string) {
	h.client.Post(url, "text/plain", strings.NewReader(text)) // want http-body-not-closed
}

func main() {
	busy := func(w http.ResponseWriter, r *http.Request) { http.Error(w, "busy", http.StatusServiceUnavailable) }
	server := httptest.NewServer(http.HandlerFunc(busy))
	h := &hook{http.DefaultClient}
	for range 20 {
		h.notify(server.URL, "done")
	}
	http.DefaultClient.CloseIdleConnections()
	time.Sleep(200 * time.Millisecond)
	if n := runtime.NumGoroutine(); n > 20 {
		println("goroutines:", n)
		os.Exit(1)
	}
}
