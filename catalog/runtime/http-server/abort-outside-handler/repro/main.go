// Streaming proxy: passes a model server's answer on, and notes requests that take long.
package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"time"
)

// noteSlow logs a request that is still running after the limit.
func noteSlow(next http.Handler, limit time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		done := make(chan struct{})
		go func() {
			next.ServeHTTP(w, r)
			close(done)
		}()
		select {
		case <-done:
		case <-time.After(limit):
			log.Printf("%s is slow", r.URL.Path)
			<-done
		}
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
	proxy := httptest.NewServer(noteSlow(httputil.NewSingleHostReverseProxy(target), time.Minute))
	defer proxy.Close()
	resp, err := proxy.Client().Get(proxy.URL)
	if err != nil {
		fmt.Println("client:", err)
		return
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	fmt.Println("client got", len(body), "bytes,", err)
}
