// Tests a batcher's flush timer with fake time.

//go:build go1.25

package batcher

import (
	"testing"
	"testing/synctest"
	"time"
)

// batcher collects prompts and hands them out when its timer fires.
type batcher struct {
	in  chan string
	out chan []string
}

func newBatcher(window time.Duration) *batcher {
	b := &batcher{in: make(chan string), out: make(chan []string)}
	go b.loop(window)
	return b
}

func (b *batcher) loop(window time.Duration) {
	var batch []string
	timer := time.NewTimer(window)
	for {
		select {
		case p, open := <-b.in:
			if !open {
				return
			}
			batch = append(batch, p)
		case <-timer.C:
			b.out <- batch
			batch = nil
		}
	}
}

func TestFlushOnTimer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBatcher(50 * time.Millisecond)
		b.in <- "hello"
		if got := <-b.out; len(got) != 1 {
			t.Fatalf("batch of %d, want 1", len(got))
		}
		close(b.in)
	})
}
