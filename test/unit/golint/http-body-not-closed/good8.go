package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
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

// What it answers holds no connection any more.
func (a *api) whole(path string) (*http.Response, error) {
	resp, err := a.get(path)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, err
}

func (a *api) health() error {
	resp, err := a.get("/health")
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", resp.StatusCode)
	}
	return nil
}

func (a *api) version() (int, error) {
	resp, err := a.whole("/version")
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

// The goroutine closes it.
func (a *api) stream(path string) (<-chan int64, error) {
	resp, err := a.get(path)
	if err != nil {
		return nil, err
	}
	size := make(chan int64, 1)
	go func() {
		defer resp.Body.Close()
		n, _ := io.Copy(io.Discard, resp.Body)
		size <- n
	}()
	return size, nil
}

func main() {
	server := httptest.NewServer(http.NotFoundHandler())
	a := &api{base: server.URL}
	n, _ := a.version()
	size, err := a.stream("/")
	if err != nil {
		panic(err)
	}
	fmt.Println(a.health(), n, <-size)
}
