// Fails: run: missing method Flush
package main

import (
	"net/http"
	"net/http/httptest"
)

// What a logging middleware hands on.
type logged struct{ http.ResponseWriter }

func (l logged) Unwrap() http.ResponseWriter { return l.ResponseWriter }

type gzipped struct{ inner http.ResponseWriter }

// Nobody asked what the inner writer can do.
func (g gzipped) Flush() {
	g.inner.(http.Flusher).Flush() // want flusher-unchecked
}

func handle(w http.ResponseWriter, r *http.Request) { gzipped{w}.Flush() }

func main() {
	handle(logged{httptest.NewRecorder()}, httptest.NewRequest("GET", "/", nil))
}
