// Runs decoding steps: the KV prefetcher of a step works beside the decoder, and run waits for both.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

type engine struct {
	wg      sync.WaitGroup
	step    atomic.Int64
	decoded atomic.Int64
	fetched atomic.Int64
}

// await returns when the given step has begun.
func (e *engine) await(step int64) {
	for e.step.Load() < step {
		runtime.Gosched()
	}
}

func (e *engine) decode(step int64) {
	defer e.wg.Done()
	e.decoded.Store(step)
}

func (e *engine) prefetch(step int64) {
	defer e.wg.Done()
	e.fetched.Store(step)
}

// run counts the work of each step in and waits for it.
func (e *engine) run(steps int64) {
	for step := int64(1); step <= steps; step++ {
		e.wg.Add(2)
		e.step.Store(step)
		e.wg.Wait()
		for e.fetched.Load() < step {
			runtime.Gosched()
		}
	}
}

func main() {
	const steps = 150000
	e := &engine{}
	for _, work := range []func(int64){e.decode, e.prefetch} {
		go func() {
			for step := int64(1); step <= steps; step++ {
				e.await(step)
				work(step)
			}
		}()
	}
	e.run(steps)
	fmt.Println("decoded", e.decoded.Load(), "fetched", e.fetched.Load())
}
