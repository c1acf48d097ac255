// Streams tokens through logging middleware whose writer hides http.Flusher.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
)

// statusRecorder remembers the status code for the access log.
type statusRecorder struct {
	http.ResponseWriter
	status int
}

func (r *statusRecorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func (r *statusRecorder) Unwrap() http.ResponseWriter {
	return r.ResponseWriter
}

func logged(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		recorder := &statusRecorder{ResponseWriter: w, status: http.StatusOK}
		next(recorder, req)
		fmt.Println(req.Method, req.URL.Path, recorder.status)
	}
}

func streamCompletion(w http.ResponseWriter, req *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	for _, token := range []string{"Hello", " world"} {
		fmt.Fprintf(w, "data: %s\n\n", token)
		if err := http.NewResponseController(w).Flush(); err != nil {
			return
		}
	}
}

func main() {
	// The endpoint is tried once before the server opens.
	req := httptest.NewRequest(http.MethodPost, "/v1/completions", nil)
	logged(streamCompletion)(httptest.NewRecorder(), req)
	fmt.Println("ready")
}
