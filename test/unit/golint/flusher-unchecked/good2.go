package main

import (
	"net/http"
)

func handle(w http.ResponseWriter, r *http.Request) {
	if _, ok := w.(http.Flusher); ok {
		w.(http.Flusher).Flush()
	}
	_ = http.NewResponseController(w).Flush()
}

func main() { http.HandleFunc("/", handle) }
