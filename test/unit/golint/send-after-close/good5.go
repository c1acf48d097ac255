package main

import (
	"context"
	"fmt"
	"time"
)

// The sender closes.
func tokens(ctx context.Context) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := 0; ; i++ {
			select {
			case out <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// The close waits until the sender has ended.
func stopped(ctx context.Context) {
	out := make(chan int, 1000)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for i := 0; ctx.Err() == nil && i < 1000; i++ {
			out <- i
		}
	}()
	<-ctx.Done()
	<-ended
	close(out)
}

// Nobody sends on what tells to stop.
func signal() {
	stop := make(chan struct{})
	for range 3 {
		go func() { <-stop }()
	}
	close(stop)
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	for n := range tokens(ctx) {
		fmt.Print(n > 1<<40)
	}
	stopped(ctx)
	signal()
}
