// Runs batches of requests over one WaitGroup while a monitor waits for each batch.
package main

import (
	"fmt"
	"sync"
	"time"
)

type batcher struct {
	wg sync.WaitGroup
}

// run decodes batches back to back.
func (b *batcher) run(batches int) {
	for range batches {
		time.Sleep(time.Millisecond)
		b.wg.Done()
		b.wg.Add(1)
	}
	b.wg.Done()
}

// drain returns when no batch is in flight.
func (b *batcher) drain() {
	b.wg.Wait()
}

func main() {
	b := &batcher{}
	b.wg.Add(1)
	go b.run(200)
	for range 3 {
		b.drain()
	}
	fmt.Println("drained")
}
