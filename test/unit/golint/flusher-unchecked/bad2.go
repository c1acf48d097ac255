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
	flusher := w.(http.Flusher) // want flusher-unchecked
	fmt.Fprintln(w, "data")
	flusher.Flush()
}

func main() {
	handle(logged{httptest.NewRecorder()}, httptest.NewRequest("GET", "/", nil))
}
