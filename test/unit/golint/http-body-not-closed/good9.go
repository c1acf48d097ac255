package main

import (
	"fmt"
	"net"
	"net/http"
)

type taken struct{ net.Conn }

func (t taken) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusSwitchingProtocols}, nil
}

// From then on the connection speaks another protocol: its body is not the response's.
func upgrade(conn net.Conn, req *http.Request) (net.Conn, string, error) {
	var transport http.RoundTripper = taken{conn}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		return nil, "", err
	}
	if resp.StatusCode != http.StatusSwitchingProtocols {
		_ = resp.Body.Close()
		return nil, "", fmt.Errorf("unable to upgrade: %d", resp.StatusCode)
	}
	return conn, resp.Header.Get("Content-Type"), nil
}

func main() {
	_, kind, err := upgrade(nil, nil)
	fmt.Println(kind, err)
}
