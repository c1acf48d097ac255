// Fails: run: panic: runtime error: invalid memory address or nil pointer dereference
// The second value is thrown away, and the first is nil behind a middleware.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
)

type logged struct{ http.ResponseWriter }

type stream struct{ w http.ResponseWriter }

func (s *stream) send(data string) {
	f, _ := s.w.(http.Flusher) // want flusher-unchecked
	fmt.Fprintf(s.w, "data: %s\n\n", data)
	f.Flush()
}

func main() {
	(&stream{logged{httptest.NewRecorder()}}).send("a")
}
