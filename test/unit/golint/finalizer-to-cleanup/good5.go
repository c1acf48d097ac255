package main

/*
#include <stdlib.h>
static void *thing_new(void) { return malloc(64); }
static void thing_free(void *p) { free(p); }
*/
import "C"

import (
	"runtime"
	"unsafe"
)

type thing struct{ p unsafe.Pointer }

func newThing() *thing {
	t := &thing{p: C.thing_new()}
	runtime.AddCleanup(t, func(p unsafe.Pointer) { C.thing_free(p) }, t.p)
	return t
}

func main() {
	runtime.KeepAlive(newThing())
}
