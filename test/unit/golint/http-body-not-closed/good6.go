package main

import (
	"bufio"
	"fmt"
	"net/http"
)

type answer struct{ code int }

type client struct{}

func (client) Do(r *http.Request) (answer, error) { return answer{code: len(r.URL.Path)}, nil }

// Another kind of client, and a reader that takes the body with it.
func other(r *http.Request) int {
	resp, _ := client{}.Do(r)
	return resp.code
}

func lines(url string) (*bufio.Scanner, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, fmt.Errorf("lines: %w", err)
	}
	scanner := bufio.NewScanner(resp.Body)
	return scanner, nil
}

func main() {
	r, _ := http.NewRequest("GET", "http://127.0.0.1:1", nil)
	println(other(r))
	_, _ = lines("http://127.0.0.1:1")
}
