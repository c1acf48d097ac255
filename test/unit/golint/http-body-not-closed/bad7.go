// Fails: run: goroutines: \d\d
// The goroutine reads the stream's beginning, and nobody closes it.
package main

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"time"
)

func chat(client *http.Client, req *http.Request) (<-chan string, error) {
	resp, err := client.Do(req) // want http-body-not-closed
	if err != nil {
		return nil, err
	}
	tokens := make(chan string, 16)
	go func() {
		defer close(tokens)
		in := bufio.NewScanner(resp.Body)
		for in.Scan() {
			if in.Text() == "[DONE]" {
				return
			}
			tokens <- in.Text()
		}
	}()
	return tokens, nil
}

func main() {
	answer := func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "a\n[DONE]")
		w.(http.Flusher).Flush() // want flusher-unchecked
		<-r.Context().Done()
	}
	server := httptest.NewServer(http.HandlerFunc(answer))
	for range 20 {
		req, _ := http.NewRequest("GET", server.URL, nil)
		tokens, err := chat(http.DefaultClient, req)
		if err != nil {
			panic(err)
		}
		for range tokens {
		}
	}
	http.DefaultClient.CloseIdleConnections()
	time.Sleep(200 * time.Millisecond)
	if n := runtime.NumGoroutine(); n > 20 {
		println("goroutines:", n)
		os.Exit(1)
	}
}
