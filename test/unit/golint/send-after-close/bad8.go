// Fails: run: panic: send on closed channel
package main

import (
	"context"
	"time"
)

// The watcher closes the channel that its own function still sends on.
func ticks(ctx context.Context, n int) {
	out := make(chan int, n)
	go func() {
		<-ctx.Done()
		close(out) // want send-after-close
	}()
	for i := range n {
		time.Sleep(time.Millisecond)
		out <- i
	}
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer cancel()
	ticks(ctx, 100)
}
