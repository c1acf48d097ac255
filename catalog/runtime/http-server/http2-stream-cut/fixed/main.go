// Streaming completion over HTTP/2: tokens go out one by one, and the last event carries the usage.
package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"time"
)

type usage struct{ prompt, completion int }

type completion struct {
	tokens []string
	usage  *usage
}

// run stands for the engine: a completion that is stopped early has no usage.
func run(prompt string, stopped bool) completion {
	c := completion{tokens: []string{"The", " sky", " is"}}
	if !stopped {
		c.usage = &usage{prompt: len(prompt), completion: len(c.tokens)}
	}
	return c
}

func stream(w http.ResponseWriter, r *http.Request) {
	c := run("Why is the sky blue?", r.URL.Query().Has("stop"))
	for _, token := range c.tokens {
		fmt.Fprintf(w, "data: %s\n\n", token)
		w.(http.Flusher).Flush()
	}
	if c.usage == nil {
		fmt.Fprint(w, "data: {\"stopped\":true}\n\n")
		return
	}
	fmt.Fprintf(w, "data: {\"tokens\":%d}\n\n", c.usage.completion)
}

func main() {
	server := httptest.NewUnstartedServer(http.HandlerFunc(stream))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	for _, query := range []string{"", "?stop=1"} {
		resp, err := server.Client().Get(server.URL + query)
		if err != nil {
			fmt.Println("client:", err)
			continue
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		fmt.Println("client:", resp.Status, len(body), "bytes,", err)
	}
	time.Sleep(300 * time.Millisecond) // net/http writes its log line after it has reset the stream
}
