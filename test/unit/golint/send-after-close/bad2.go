// Fails: run: panic: send on closed channel
package main

import (
	"context"
	"fmt"
	"time"
)

func generate(ctx context.Context, tokens chan<- string) {
	for i := range 100 {
		time.Sleep(time.Millisecond)
		tokens <- fmt.Sprint("token-", i)
	}
}

func stream(ctx context.Context, write func(string)) {
	tokens := make(chan string, 4)
	go func() {
		generate(ctx, tokens)
	}()
	for {
		select {
		case token := <-tokens:
			write(token)
		case <-ctx.Done():
			close(tokens) // want send-after-close
			return
		}
	}
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	stream(ctx, func(string) {})
	time.Sleep(100 * time.Millisecond)
}
