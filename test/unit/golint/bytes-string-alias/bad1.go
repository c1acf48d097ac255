// Fails: run: panic: got bbbb
package main

import (
	"bytes"
	"sync"
	"unsafe"
)

var pool = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func render(c byte) string {
	buf := pool.Get().(*bytes.Buffer)
	buf.Reset()
	defer pool.Put(buf)
	for range 4 {
		buf.WriteByte(c)
	}
	return unsafe.String(unsafe.SliceData(buf.Bytes()), buf.Len()) // want bytes-string-alias
}

func main() {
	for range 100 { // the pool may drop what it is given
		a := render('a')
		render('b')
		if a != "aaaa" {
			panic("got " + a)
		}
	}
}
