// Fails: run: SetFinalizer: finalizer already set
package main

// typedef struct cache cache;
// cache *cache_new(void);
//
// #include <stdlib.h>
// static void *scratch_new(void) { return malloc(64); }
// static void scratch_free(void *p) { free(p); }
import "C"

import (
	"runtime"
	"unsafe"
)

type Scratch struct {
	memory unsafe.Pointer
	used   int
}

func NewScratch() *Scratch {
	s := &Scratch{memory: C.scratch_new()}
	runtime.SetFinalizer(s, finalizeScratch) // want finalizer-to-cleanup
	return s
}

func finalizeScratch(s *Scratch) {
	C.scratch_free(s.memory)
}

// track wants to know when a value is gone, too.
func track[T any](p *T) *T {
	runtime.SetFinalizer(p, func(*T) { println("gone") })
	return p
}

func main() {
	s := track(NewScratch())
	println(s.used)
	runtime.KeepAlive(s)
}
