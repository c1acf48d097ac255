package main

import (
	"net/http"
)

type flushing struct{ http.ResponseWriter }

// Made only for writers that can.
func (f flushing) Flush() { f.ResponseWriter.(http.Flusher).Flush() }

func wrap(w http.ResponseWriter) http.ResponseWriter {
	if _, ok := w.(http.Flusher); ok {
		return flushing{w}
	}
	return w
}

// A field that was asked when it was set.
type stream struct{ w http.ResponseWriter }

func (s stream) send() { s.w.(http.Flusher).Flush() }

func main() { wrap(nil) }
