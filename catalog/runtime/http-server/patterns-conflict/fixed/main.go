// Model registry: routes for blobs and tags, with wildcards for the names of models.
package main

import (
	"fmt"
	"net/http"
)

func answer(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, text) }
}

func routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /models/{name}/tags", answer("tags of a model"))
	mux.HandleFunc("GET /files/local/{file}", answer("file of a local model"))
	return mux
}

func main() {
	mux := routes()
	request, err := http.NewRequest("GET", "/models/llama3/tags", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	_, pattern := mux.Handler(request)
	fmt.Println("tags are served by", pattern)
}
