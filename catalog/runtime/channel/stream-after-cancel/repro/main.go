// Streams tokens over HTTP; the handler closes the channel when the client goes away.
package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"
)

const maxTokens = 200

type runner struct{ stopped chan struct{} }

// generate sends one token per step, as a model does.
func (r *runner) generate(ctx context.Context, tokens chan<- string) {
	for i := range maxTokens {
		time.Sleep(5 * time.Millisecond)
		tokens <- fmt.Sprintf("token-%d", i)
	}
}

func (r *runner) completions(w http.ResponseWriter, req *http.Request) {
	tokens := make(chan string, 4)
	go func() {
		r.generate(req.Context(), tokens)
		close(r.stopped)
	}()
	for range maxTokens {
		select {
		case token := <-tokens:
			fmt.Fprintln(w, token)
			w.(http.Flusher).Flush()
		case <-req.Context().Done():
			close(tokens)
			return
		}
	}
}

func main() {
	r := &runner{stopped: make(chan struct{})}
	server := httptest.NewServer(http.HandlerFunc(r.completions))
	defer server.Close()

	ctx, cancel := context.WithCancel(context.Background())
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL, nil)
	if err != nil {
		panic(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		panic(err)
	}
	first, err := bufio.NewReader(resp.Body).ReadString('\n')
	fmt.Print("client got ", first)
	if err != nil {
		panic(err)
	}
	cancel()
	<-r.stopped
	fmt.Println("generation stopped")
}
