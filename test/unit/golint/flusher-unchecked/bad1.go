// Fails: run: missing method Flush
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
)

// What a logging middleware hands on.
type logged struct{ http.ResponseWriter }

func (l logged) Unwrap() http.ResponseWriter { return l.ResponseWriter }

func handle(w http.ResponseWriter, r *http.Request) {
	for _, token := range []string{"a", "b"} {
		fmt.Fprintf(w, "data: %s\n\n", token)
		w.(http.Flusher).Flush() // want flusher-unchecked
	}
}

func main() {
	handle(logged{httptest.NewRecorder()}, httptest.NewRequest("GET", "/", nil))
}
