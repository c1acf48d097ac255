// Fails: run: goroutines: \d\d
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"time"
)

type client struct{ http *http.Client }

var api = client{http: http.DefaultClient}

// The caller closes what it gets, but gets nothing when the server is busy.
func (c *client) do(req *http.Request) (*http.Response, error) {
	resp, err := c.http.Do(req) // want http-body-not-closed
	if err != nil {
		return nil, err
	}
	if resp.StatusCode >= 500 {
		return nil, fmt.Errorf("model server: %d", resp.StatusCode)
	}
	return resp, nil
}

func call(url string) {
	req, err := http.NewRequest("POST", url, nil)
	if err != nil {
		return
	}
	resp, err := api.do(req)
	if err != nil {
		return
	}
	resp.Body.Close()
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
