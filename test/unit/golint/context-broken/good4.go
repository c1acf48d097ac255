package main

import (
	"context"
	"net/http"
)

func warm(ctx context.Context) {}

// The cache serves everybody: it is not filled under one caller's context.
func handle(w http.ResponseWriter, r *http.Request) {
	// Not the request's context: a client that hangs up must not leave the cache half full.
	warm(context.Background())
}

func watch(ctx context.Context) {
	<-ctx.Done()
	warm(context.Background())
}

func main() { http.HandleFunc("/", handle); watch(context.Background()) }
