package snippet

import (
	"bufio"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// Middleware as it is often written: hides Flush and has Unwrap.
type loggingWriter struct{ http.ResponseWriter }

func (w loggingWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func start(t *testing.T, tokens <-chan string) (url string, ended <-chan error) {
	result := make(chan error, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		result <- streamTokens(loggingWriter{w}, r, tokens)
	}))
	t.Cleanup(server.Close)
	return server.URL, result
}

func get(t *testing.T, ctx context.Context, url string) *bufio.Scanner {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { response.Body.Close() })
	return bufio.NewScanner(response.Body)
}

// The second token is sent when the first was received: nothing waits in a buffer.
func TestEachTokenArrivesAtOnce(t *testing.T) {
	tokens := make(chan string, 1)
	url, ended := start(t, tokens)
	tokens <- "two\nlines"
	events := get(t, context.Background(), url)
	if !events.Scan() || events.Text() != `data: "two\nlines"` {
		t.Fatalf("got %q", events.Text())
	}
	tokens <- "end"
	if !events.Scan() || !events.Scan() || events.Text() != `data: "end"` {
		t.Fatalf("got %q", events.Text())
	}
	close(tokens)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
}

func TestHandlerEndsWithItsClient(t *testing.T) {
	tokens := make(chan string, 1)
	url, ended := start(t, tokens)
	ctx, cancel := context.WithCancel(context.Background())
	tokens <- "first"
	get(t, ctx, url).Scan()
	cancel()
	select {
	case err := <-ended:
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("got %v", err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("the handler goes on")
	}
}
