package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// Read to its end: the connection is back in the pool, and the server ends with the test.
func TestAnswer(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	resp, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil || len(body) == 0 {
		t.Error(len(body), err)
	}
}
