// Tests that a stream ends when its context does.
package stream

import (
	"context"
	"testing"
)

// stream sends tokens until the context ends.
func stream(ctx context.Context, tokens []string) <-chan string {
	out := make(chan string)
	go func() {
		for _, t := range tokens {
			select {
			case out <- t:
			case <-ctx.Done():
				return
			}
		}
		close(out)
	}()
	return out
}

func collect(out <-chan string) int {
	n := 0
	for range out {
		n++
	}
	return n
}

func TestCancelEndsStream(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	out := stream(ctx, []string{"Hello", ",", " world"})
	<-out
	cancel()
	if n := collect(out); n > 2 {
		t.Errorf("%d tokens after the cancel", n)
	}
}
