package main

import (
	"sync"
	"unsafe"
)

var pool = sync.Pool{New: func() any { b := make([]byte, 0, 64); return &b }}

func key(parts ...string) string {
	bp := pool.Get().(*[]byte)
	defer pool.Put(bp)
	b := (*bp)[:0]
	for _, p := range parts {
		b = append(b, p...)
	}
	return string(b)
}

func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

func main() { println(key("a", "b"), view([]byte("x"))) }
