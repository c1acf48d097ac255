// Embedding client: checks the health of its upstreams and reports the connections that stay behind.
package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime/pprof"
	"strings"
	"time"
)

type checker struct {
	client *http.Client
}

// healthy reports whether the upstream answers with 200.
func (c *checker) healthy(url string) bool {
	resp, err := c.client.Get(url)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

// heldConnections counts the connections whose response has not been read to its end.
func heldConnections() int {
	var dump bytes.Buffer
	pprof.Lookup("goroutine").WriteTo(&dump, 2)
	held := 0
	for _, goroutine := range strings.Split(dump.String(), "\n\n") {
		if strings.Contains(goroutine, "[select") && strings.Contains(goroutine, ".readLoop(") {
			held++
		}
	}
	return held
}

func main() {
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "ok")
	}))
	c := &checker{client: &http.Client{Timeout: 30 * time.Second}}
	checks := 0
	for range 100 {
		if c.healthy(upstream.URL) {
			checks++
		}
	}
	fmt.Printf("%d checks hold %d connections\n", checks, heldConnections())
}
