package main

import (
	"bytes"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// The goroutine gives it back itself.
func send(text string, to chan<- string) {
	buf := buffers.Get().(*bytes.Buffer)
	buf.Reset()
	buf.WriteString(text)
	go func() {
		defer buffers.Put(buf)
		to <- buf.String()
	}()
}

// It is waited for.
func both(text string) (s string) {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	var wait sync.WaitGroup
	wait.Add(1)
	go func() {
		defer wait.Done()
		buf.WriteString(text)
	}()
	wait.Wait()
	return buf.String()
}

type frame struct{ b []byte }

var frames = sync.Pool{New: func() any { return new(frame) }}

func (f *frame) release() {
	f.b = f.b[:0]
	frames.Put(f)
}

func size(ok bool) int {
	f := frames.Get().(*frame)
	if !ok {
		f.release()
		return 0
	}
	n := len(f.b)
	f.release()
	return n
}

func main() {
	to := make(chan string, 1)
	send("a", to)
	println(<-to, both("b"), size(true), size(false))
}
