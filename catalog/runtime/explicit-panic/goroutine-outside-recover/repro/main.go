// Creates models from uploaded blobs behind a middleware that recovers panics.
package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
)

const magic = 0x46554747 // "GGUF"

func parseGGUF(blob []byte) int {
	if got := binary.LittleEndian.Uint32(blob); got != magic {
		panic(fmt.Errorf("blob of format %#x is not supported", got))
	}
	return len(blob)
}

type server struct{}

func (s *server) handleCreate(w http.ResponseWriter, r *http.Request) {
	blob, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	size := make(chan int)
	go func() {
		size <- parseGGUF(blob)
	}()
	fmt.Fprintln(w, "created", <-size)
}

// withRecovery turns a panic of a handler into a response.
func withRecovery(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				http.Error(w, fmt.Sprint(p), http.StatusInternalServerError)
			}
		}()
		next(w, r)
	}
}

func main() {
	s := httptest.NewServer(withRecovery((&server{}).handleCreate))
	defer s.Close()
	resp, err := http.Post(s.URL, "application/octet-stream", strings.NewReader("GGML model"))
	if err != nil {
		panic(err)
	}
	body, _ := io.ReadAll(resp.Body)
	fmt.Print(resp.StatusCode, " ", string(body))
}
