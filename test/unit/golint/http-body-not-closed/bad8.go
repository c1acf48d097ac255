// Fails: run: goroutines: \d\d
// The response comes out of a method of this package.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"time"
)

type api struct {
	http.Client
	base string
}

func (a *api) get(path string) (*http.Response, error) {
	req, err := http.NewRequest("GET", a.base+path, nil)
	if err != nil {
		return nil, err
	}
	return a.Do(req)
}

func (a *api) health() error {
	resp, err := a.get("/health") // want http-body-not-closed
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", resp.StatusCode)
	}
	return nil
}

func main() {
	busy := func(w http.ResponseWriter, r *http.Request) { http.Error(w, "busy", http.StatusServiceUnavailable) }
	server := httptest.NewServer(http.HandlerFunc(busy))
	a := &api{base: server.URL}
	for range 20 {
		a.health()
	}
	time.Sleep(200 * time.Millisecond)
	if n := runtime.NumGoroutine(); n > 20 {
		println("goroutines:", n)
		os.Exit(1)
	}
}
