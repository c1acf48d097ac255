// Tests a token stream whose reader needs the first token only; goleak looks at what is left over.
package stream

import (
	"context"
	"testing"

	"go.uber.org/goleak"
)

// generate streams the tokens of an answer until they end or the context does.
func generate(ctx context.Context, answer ...string) <-chan string {
	tokens := make(chan string)
	go func() {
		defer close(tokens)
		for _, token := range answer {
			select {
			case tokens <- token:
			case <-ctx.Done():
				return
			}
		}
	}()
	return tokens
}

func TestFirstToken(t *testing.T) {
	defer goleak.VerifyNone(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if first := <-generate(ctx, "The", " sky", " is", " blue"); first != "The" {
		t.Fatalf("first token %q", first)
	}
}
