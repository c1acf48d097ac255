// Fails: run: mixed up: other instead of first
// The deferred Put does not wait for the goroutine.
package main

import (
	"bytes"
	"os"
	"sync"
	"time"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func send(text string, to chan<- string) {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	buf.WriteString(text)
	go func() {
		time.Sleep(20 * time.Millisecond)
		to <- buf.String() // want pool-use-after-put
	}()
}

func main() {
	to := make(chan string, 64)
	for range 32 { // the pool may drop what it is given
		send("first", to)
		send("other", to)
		if got := <-to; got != "first" {
			println("mixed up:", got, "instead of", "first")
			os.Exit(1)
		}
		<-to
	}
}
