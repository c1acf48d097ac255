package main

import (
	"net/http"
)

type stream struct{ resp *http.Response }

// Handed on: returned, stored, sent.
func open(url string, out chan<- *http.Response) (*stream, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode == http.StatusAccepted {
		out <- resp
		return nil, nil
	}
	return &stream{resp: resp}, nil
}

func raw(url string) (resp *http.Response, err error) {
	resp, err = http.Get(url)
	return
}

func main() {
	_, _ = open("http://127.0.0.1:1", nil)
	_, _ = raw("http://127.0.0.1:1")
}
