// Fails: run: panic: got
package main

import (
	"sync"
	"unsafe"
)

var pool = sync.Pool{New: func() any { b := make([]byte, 0, 64); return &b }}

type session struct{ user string }

func (s *session) login(name string) {
	bp := pool.Get().(*[]byte)
	b := append((*bp)[:0], name...)
	s.user = *(*string)(unsafe.Pointer(&b)) // want bytes-string-alias
	*bp = b
	pool.Put(bp)
}

func main() {
	for range 100 {
		var a, b session
		a.login("alice")
		b.login("bobby")
		if a.user != "alice" {
			panic("got " + a.user)
		}
	}
}
