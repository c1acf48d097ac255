// Fails: race: DATA RACE
package main

import (
	"bytes"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// The goroutine still writes the log line when the buffer is put back.
func render(text string, done *sync.WaitGroup) {
	buf := buffers.Get().(*bytes.Buffer)
	buf.Reset()
	buf.WriteString(text)
	buffers.Put(buf)
	done.Add(1)
	go func() {
		defer done.Done()
		buf.WriteString("logged") // want pool-use-after-put
	}()
}

func main() {
	var done sync.WaitGroup
	for range 100 {
		render("first", &done)
	}
	done.Wait()
}
