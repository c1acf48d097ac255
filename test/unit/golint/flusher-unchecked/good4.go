package main

import (
	"net/http"
)

func handle(w http.ResponseWriter, r *http.Request) {
	switch w := w.(type) {
	case http.Flusher:
		w.Flush()
	}
}

func main() { http.HandleFunc("/", handle) }
