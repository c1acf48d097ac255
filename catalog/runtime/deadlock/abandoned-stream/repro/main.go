// Streams a completion from a runner until the stop sequence and then frees the runner's slot.
package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
)

type runner struct {
	wg sync.WaitGroup
}

// predict sends the tokens of a completion and closes the stream at its end.
func (r *runner) predict(ctx context.Context, tokens []string, stream chan<- string) {
	defer r.wg.Done()
	defer close(stream)
	for _, t := range tokens {
		stream <- t
	}
}

// complete reads the stream up to the stop sequence.
func (r *runner) complete(ctx context.Context, tokens []string, stop string) string {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()

	stream := make(chan string)
	r.wg.Add(1)
	go r.predict(ctx, tokens, stream)

	var text strings.Builder
	for t := range stream {
		if t == stop {
			break
		}
		text.WriteString(t)
	}
	return text.String()
}

// close waits until no prediction uses the model any more.
func (r *runner) close() {
	r.wg.Wait()
}

func main() {
	r := &runner{}
	tokens := []string{"Paris", " is", " the", " capital", ".", "</s>", "and", "so", "on"}
	fmt.Println(r.complete(context.Background(), tokens, "</s>"))
	r.close()
	fmt.Println("model unloaded")
}
