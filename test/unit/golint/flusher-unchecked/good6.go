package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
)

type stream struct{ w http.ResponseWriter }

func (s *stream) send(data string) {
	f, _ := s.w.(http.Flusher)
	fmt.Fprintf(s.w, "data: %s\n\n", data)
	if f != nil {
		f.Flush()
	}
}

func end(w http.ResponseWriter) {
	flusher, _ := w.(http.Flusher)
	if flusher == nil {
		return
	}
	flusher.Flush()
}

func main() {
	w := httptest.NewRecorder()
	(&stream{w}).send("a")
	end(w)
}
