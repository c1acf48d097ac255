// Fails: run: missing method Push
package main

import (
	"net/http"
	"net/http/httptest"
)

// What a logging middleware hands on.
type logged struct{ http.ResponseWriter }

func (l logged) Unwrap() http.ResponseWriter { return l.ResponseWriter }

var push = func(w http.ResponseWriter) error {
	return nil
}

func handle(w http.ResponseWriter, r *http.Request) {
	send := func() { _ = w.(http.Pusher).Push("/style.css", nil) } // want flusher-unchecked
	send()
}

func main() {
	handle(logged{httptest.NewRecorder()}, httptest.NewRequest("GET", "/", nil))
}
