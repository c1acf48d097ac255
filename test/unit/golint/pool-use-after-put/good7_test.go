package main

import (
	"bufio"
	"sync"
	"testing"
)

var writers = sync.Pool{New: func() any { return bufio.NewWriter(nil) }}

func give(w *bufio.Writer) {
	w.Reset(nil)
	writers.Put(w)
}

func TestUseAfterPut(t *testing.T) {
	w := writers.Get().(*bufio.Writer)
	give(w)
	defer func() {
		if recover() == nil {
			t.Fatal("no panic")
		}
	}()
	w.WriteByte('a')
	w.Flush()
}
