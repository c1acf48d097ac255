package main

/*
#include <stdlib.h>
static void *thing_new(void) { return malloc(64); }
static void thing_reset(void *p) {}
static void thing_free(void *p) { free(p); }
*/
import "C"

import (
	"runtime"
	"unsafe"
)

type thing struct {
	p      unsafe.Pointer
	uses   int
	reused bool
}

var spare []*thing

// It comes to life again, which a cleanup cannot do.
func newThing() *thing {
	t := &thing{p: C.thing_new()}
	runtime.SetFinalizer(t, func(t *thing) {
		if t.uses < 10 {
			C.thing_reset(t.p)
			spare = append(spare, t)
			return
		}
		C.thing_free(t.p)
	})
	return t
}

func main() {
	runtime.KeepAlive(newThing())
}
