package snippet

import (
	"context"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestAllTokensThenClosed(t *testing.T) {
	left := strings.Split("a b c", " ")
	tokens, failed := generate(context.Background(), func(context.Context) (string, error) {
		if len(left) == 0 {
			return "", io.EOF
		}
		token := left[0]
		left = left[1:]
		return token, nil
	})
	got := ""
	for token := range tokens {
		got += token
	}
	if got != "abc" || failed() != nil {
		t.Fatalf("got %q, %v", got, failed())
	}
}

func TestSenderStopsWhenNobodyReceives(t *testing.T) {
	before := runtime.NumGoroutine()
	ctx, cancel := context.WithCancel(context.Background())
	tokens, failed := generate(ctx, func(context.Context) (string, error) { return "token", nil })
	<-tokens
	cancel()
	if err := failed(); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("the sender is still there")
}

func TestErrorOfTheSource(t *testing.T) {
	broken := errors.New("broken")
	_, failed := generate(context.Background(), func(context.Context) (string, error) { return "", broken })
	if failed() != broken {
		t.Fatalf("got %v", failed())
	}
}
