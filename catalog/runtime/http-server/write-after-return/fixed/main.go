// Streaming endpoint: a goroutine writes tokens as they come, and the handler limits how long that may take.
package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"time"
)

const tokensPerBatch = 8

type engine struct {
	step    time.Duration
	stopped chan struct{}
}

// generate writes one event per token. It looks at the context between batches, which the model computes in one go.
func (e *engine) generate(ctx context.Context, w http.ResponseWriter) {
	for ctx.Err() == nil {
		for i := range tokensPerBatch {
			time.Sleep(e.step)
			fmt.Fprintf(w, "data: token %d\n\n", i)
			w.(http.Flusher).Flush()
		}
	}
	close(e.stopped)
}

func (e *engine) stream(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 5*e.step/2)
	defer cancel()
	go e.generate(ctx, w)
	<-e.stopped
}

func main() {
	e := &engine{step: 50 * time.Millisecond, stopped: make(chan struct{})}
	server := httptest.NewServer(http.HandlerFunc(e.stream))
	defer server.Close()
	resp, err := server.Client().Get(server.URL)
	if err != nil {
		fmt.Println("client:", err)
		return
	}
	body, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	fmt.Println("client got", len(body) > 0, err)
	<-e.stopped
	fmt.Println("generation stopped")
}
