// Builds an upstream client from http.DefaultTransport, which tracing has wrapped.
package main

import (
	"fmt"
	"net/http"
	"time"
)

// tracedTransport notes when each request starts, as tracing middleware does.
type tracedTransport struct{ base http.RoundTripper }

func (t *tracedTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	req.Header.Set("Traceparent", fmt.Sprint(time.Now().UnixNano()))
	return t.base.RoundTrip(req)
}

func installTracing() {
	http.DefaultTransport = &tracedTransport{base: http.DefaultTransport}
}

func newUpstreamClient(perHost int) *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = perHost
	return &http.Client{Transport: transport, Timeout: time.Minute}
}

func main() {
	installTracing()
	client := newUpstreamClient(64)
	fmt.Println("timeout", client.Timeout)
}
