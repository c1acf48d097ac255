// A gateway to several providers; an option of its client ends the process when a tenant's URL cannot be read.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
)

type client struct {
	base *url.URL
	key  string
}

type option func(*client) error

func withBaseURL(raw string) option {
	return func(c *client) (err error) {
		if c.base, err = url.Parse(raw); err != nil {
			return fmt.Errorf("base URL: %w", err)
		}
		return nil
	}
}

func newClient(key string, options ...option) (*client, error) {
	c := &client{key: key}
	for _, apply := range options {
		if err := apply(c); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// gateway makes a client for each request: tenants bring their own provider.
func gateway(w http.ResponseWriter, r *http.Request) {
	c, err := newClient("secret", withBaseURL(r.Header.Get("X-Provider")))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
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
