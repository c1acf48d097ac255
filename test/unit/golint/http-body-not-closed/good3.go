package main

import (
	"io"
	"net/http"
)

func drain(body io.ReadCloser) {
	_, _ = io.Copy(io.Discard, body)
	body.Close()
}

// Closed by somebody else, and in a deferred literal.
func ping(url string) int {
	resp, err := http.Get(url)
	if err != nil {
		return 0
	}
	defer drain(resp.Body)
	return resp.StatusCode
}

func pong(url string) int {
	resp, err := http.Get(url)
	if err != nil {
		return 0
	}
	defer func() {
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
	}()
	return resp.StatusCode
}

func main() { println(ping("http://127.0.0.1:1"), pong("http://127.0.0.1:1")) }
