// Fails: run: missing method Hijack
package main

import (
	"net/http"
	"net/http/httptest"
)

// What a logging middleware hands on.
type logged struct{ http.ResponseWriter }

func (l logged) Unwrap() http.ResponseWriter { return l.ResponseWriter }

func handle(w http.ResponseWriter, r *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack() // want flusher-unchecked
	if err != nil {
		return
	}
	conn.Close()
}

func main() {
	handle(logged{httptest.NewRecorder()}, httptest.NewRequest("GET", "/", nil))
}
