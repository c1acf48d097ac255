// Streaming proxy with a middleware that reports handlers which panic.
package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"runtime/debug"
)

// recovering reports a handler that panics, and answers 500 where that is still possible.
func recovering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil {
				if v == http.ErrAbortHandler {
					panic(v)
				}
				log.Printf("panic in %s: %v\n%s", r.URL.Path, v, debug.Stack())
				w.WriteHeader(http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// dropping is a backend whose runner dies in the middle of a stream.
func dropping(w http.ResponseWriter, r *http.Request) {
	io.WriteString(w, "data: Once upon\n\n")
	w.(http.Flusher).Flush()
	panic(http.ErrAbortHandler)
}

func main() {
	backend := httptest.NewServer(http.HandlerFunc(dropping))
	defer backend.Close()
	target, err := url.Parse(backend.URL)
	if err != nil {
		fmt.Println(err)
		return
	}
	proxy := httptest.NewServer(recovering(httputil.NewSingleHostReverseProxy(target)))
	defer proxy.Close()
	resp, err := proxy.Client().Get(proxy.URL)
	if err != nil {
		fmt.Println("client:", err)
		return
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	fmt.Printf("client got %d bytes, %v\n", len(body), err)
}
