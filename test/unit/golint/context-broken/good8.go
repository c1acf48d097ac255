package main

import (
	"context"
	"net/http"
	"time"
)

func fetch(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// The context comes with the next line.
func later(ctx context.Context, url string) error {
	req, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Who sends it gives it a context.
func build(ctx context.Context, url string) (*http.Request, error) {
	return http.NewRequest("GET", url, nil)
}

// When the context is done, somebody is told.
func deregister(ctx context.Context, url string) error {
	<-ctx.Done()
	req, err := http.NewRequest("DELETE", url, nil)
	if err != nil {
		return err
	}
	client := http.Client{Timeout: time.Second}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	println(fetch(ctx, "") == nil, later(ctx, "") == nil, deregister(ctx, "") == nil)
	build(ctx, "")
}
