// Servers that recover a handler's panic and print it: net/http, HTTP/2, net/rpc's neighbours of our own.
package main

import (
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime/debug"
)

type generator struct{ prompts []string }

func (g *generator) generate(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, g.prompt(3))
}

//go:noinline
func (g *generator) prompt(i int) string {
	return g.prompts[i] // @prompt
}

func recovering(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil {
				log.Printf("[Recovery] panic recovered: %v\n%s", v, debug.Stack())
			}
		}()
		next(w, r)
	}
}

func main() {
	g := &generator{}
	var h http.Handler = http.HandlerFunc(g.generate)
	switch os.Args[1] {
	case "abort":
		h = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	case "error":
		h = http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			panic(fmt.Errorf("decode: %w", io.ErrUnexpectedEOF)) // @error
		})
	case "recovery":
		h = recovering(g.generate)
	}
	s := httptest.NewUnstartedServer(h)
	if os.Args[1] == "http2" {
		s.EnableHTTP2 = true
		s.StartTLS()
		client := s.Client()
		client.Transport.(*http.Transport).TLSClientConfig = &tls.Config{InsecureSkipVerify: true}
		client.Transport.(*http.Transport).ForceAttemptHTTP2 = true
		client.Get(s.URL)
	} else {
		s.Start()
		http.Get(s.URL + "/v1/generate")
	}
	s.Close()
}
