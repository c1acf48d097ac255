// Inference server: each feature adds its own routes to the server's mux.
package main

import (
	"fmt"
	"net/http"
)

func answer(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, text) }
}

func addGeneration(mux *http.ServeMux) {
	mux.HandleFunc("POST /v1/completions", answer("completion"))
	mux.HandleFunc("GET /healthz", answer("ok"))
}

func addEmbeddings(mux *http.ServeMux) {
	mux.HandleFunc("POST /v1/embeddings", answer("embedding"))
	mux.HandleFunc("GET /healthz", answer("ok"))
}

func main() {
	mux := http.NewServeMux()
	addGeneration(mux)
	addEmbeddings(mux)
	fmt.Println("routes are ready")
}
