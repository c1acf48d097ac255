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

func main() { wrap(nil) }
