// Fails: run: one frame for two
// A method gives the frame back, and on one path twice.
package main

import (
	"os"
	"sync"
)

type frame struct{ b []byte }

var frames = sync.Pool{New: func() any { return new(frame) }}

func (f *frame) release() {
	f.b = f.b[:0]
	frames.Put(f)
}

func send(ok bool) {
	f := frames.Get().(*frame)
	f.b = append(f.b, 1)
	if !ok {
		f.release()
	}
	f.release() // want pool-double-put
}

func main() {
	for range 32 {
		send(false)
		a, b := frames.Get(), frames.Get()
		if a == b {
			println("one frame for two")
			os.Exit(1)
		}
	}
}
