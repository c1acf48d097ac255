package main

import (
	"net/http"
)

func handle(w http.ResponseWriter, r *http.Request) {
	flusher, ok := w.(http.Flusher)
	if !ok {
		http.Error(w, "no streaming", http.StatusInternalServerError)
		return
	}
	flusher.Flush()
}

func main() { http.HandleFunc("/", handle) }
