// A gateway to several providers; an option of its client ends the process when a tenant's URL cannot be read.
package main

import (
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
)

type client struct {
	base *url.URL
	key  string
}

type option func(*client)

func withBaseURL(raw string) option {
	base, err := url.Parse(raw)
	if err != nil {
		log.Fatalf("failed to parse BaseURL: %v", err)
	}
	return func(c *client) { c.base = base }
}

func newClient(key string, options ...option) *client {
	c := &client{key: key}
	for _, apply := range options {
		apply(c)
	}
	return c
}

// gateway makes a client for each request: tenants bring their own provider.
func gateway(w http.ResponseWriter, r *http.Request) {
	c := newClient("secret", withBaseURL(r.Header.Get("X-Provider")))
	fmt.Fprintf(w, "forwarded to %s", c.base.Host)
}

func main() {
	for _, provider := range []string{"https://api.example.com/v1", "https://[::1/v1"} {
		request := httptest.NewRequest(http.MethodPost, "/v1/chat/completions", nil)
		request.Header.Set("X-Provider", provider)
		answer := httptest.NewRecorder()
		gateway(answer, request)
		fmt.Println(answer.Code, answer.Body)
	}
}
