package newest

import (
	"context"
	"runtime/pprof"
	"testing"
	"testing/synctest"
	"time"
)

// Every goroutine of the bubble is blocked for good: synctest itself panics.
func TestBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		replies := make(chan int)
		go func() {
			replies <- 1 // @bubble-sender
		}()
		time.Sleep(time.Second)
		select {} // @bubble
	})
}

// A panic inside a bubble.
func TestBubblePanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		go func() { <-make(chan int) }()
		go func() {
			time.Sleep(time.Minute)
			var weights []float32
			weights[0] = 1 // @bubble-panic
		}()
		time.Sleep(time.Hour)
	})
}

// Labels as a serving system sets them.
func TestLabels(t *testing.T) {
	block := make(chan int)
	labels := pprof.Labels("model", "llama 3", "request_id", "abc-1")
	for i := 0; i < 2; i++ {
		go pprof.Do(context.Background(), labels, func(context.Context) {
			<-block
		})
	}
	time.Sleep(100 * time.Millisecond)
	odd := pprof.Labels("phase", "decode: {1}, two", "quote", `a "b"`)
	go func() {
		pprof.SetGoroutineLabels(pprof.WithLabels(context.Background(), odd))
		panic("labelled") // @labels
	}()
	select {}
}
