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

// Session answers one request. Close gives its cache back.
type Session struct {
	kv  *C.kv_cache
	net runtime.Cleanup
}

func newSession() *Session {
	s := &Session{kv: C.kv_new(cacheBytes)}
	// A net for sessions nobody closed: late, perhaps never. It takes the handle, not s, which it would keep alive.
	s.net = runtime.AddCleanup(s, func(kv *C.kv_cache) { C.kv_free(kv) }, s.kv)
	return s
}

// Close frees the cache now and takes the net away, so that it is freed once.
func (s *Session) Close() {
	if s.kv == nil {
		return
	}
	s.net.Stop()
	C.kv_free(s.kv)
	s.kv = nil
}

// answer decodes a reply of the given length.
func (s *Session) answer(tokens int) int {
	n := min(tokens, int(s.kv.bytes))
	runtime.KeepAlive(s) // while C memory is read, s must not count as garbage
	return n
}

// chat serves one request.
func chat(tokens int) int {
	s := newSession()
	defer s.Close()
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
