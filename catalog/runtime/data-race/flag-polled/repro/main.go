// Cancels a generation from another goroutine by setting a flag that the decoding loop reads.
package main

import (
	"fmt"
	"sync/atomic"
	"time"
)

type generation struct {
	tokens  atomic.Int64
	stopped bool
}

// decode produces tokens until the generation is stopped.
func (g *generation) decode(limit int64) {
	for !g.stopped && g.tokens.Load() < limit {
		g.tokens.Add(1)
		time.Sleep(time.Millisecond)
	}
}

func (g *generation) stop() {
	g.stopped = true
}

func main() {
	g := &generation{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		g.decode(200)
	}()
	time.Sleep(20 * time.Millisecond)
	g.stop()
	<-done
	fmt.Println("stopped early:", g.tokens.Load() < 200)
}
