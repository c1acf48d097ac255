// Model gateway: forwards a request to a backend and answers with the backend's status.
package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
)

type backendError struct {
	code    int
	message string
}

func (e *backendError) Error() string { return e.message }

// complete stands for a call to the backend; a timeout has no status of its own.
func complete(path string) error {
	switch path {
	case "/busy":
		return &backendError{code: http.StatusTooManyRequests, message: "queue is full"}
	case "/slow":
		return &backendError{message: "backend timed out"}
	}
	return nil
}

func forward(w http.ResponseWriter, r *http.Request) {
	err := complete(r.URL.Path)
	var failed *backendError
	if errors.As(err, &failed) {
		code := failed.code
		if code == 0 {
			code = http.StatusBadGateway
		}
		w.WriteHeader(code)
		fmt.Fprintln(w, failed.message)
		return
	}
	fmt.Fprintln(w, "completed")
}

func main() {
	gateway := httptest.NewServer(http.HandlerFunc(forward))
	defer gateway.Close()
	for _, path := range []string{"/", "/busy", "/slow"} {
		resp, err := gateway.Client().Get(gateway.URL + path)
		if err != nil {
			fmt.Println(path, "no answer")
			continue
		}
		fmt.Println(path, resp.Status)
		resp.Body.Close()
	}
}
