// Answers chat requests, each with a key-value cache of C, and looks at the memory when all are done.
package main

// #include "kv.h"
import "C"

import (
	"fmt"
	"runtime"
)

const (
	requests   = 96
	cacheBytes = 1 << 20
)

// Session answers one request.
type Session struct {
	kv *C.kv_cache
}

func newSession() *Session {
	s := &Session{kv: C.kv_new(cacheBytes)}
	runtime.SetFinalizer(s, (*Session).release)
	return s
}

func (s *Session) release() {
	C.kv_free(s.kv)
}

// answer decodes a reply of the given length.
func (s *Session) answer(tokens int) int {
	n := min(tokens, int(s.kv.bytes))
	runtime.KeepAlive(s)
	return n
}

// chat serves one request.
func chat(tokens int) int {
	s := newSession()
	return s.answer(tokens)
}

func main() {
	tokens := 0
	for i := range requests {
		tokens += chat(20 + i)
	}
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	fmt.Println("tokens", tokens, "collections", stats.NumGC)
	fmt.Println("caches of finished requests kept:", C.kv_in_use() > requests/2*cacheBytes)
}
