package main

/*
#include <stdlib.h>
static void *buffer_new(void) { return malloc(64); }
static void *buffer_grow(void *p) { return realloc(p, 128); }
static void buffer_free(void *p) { free(p); }
*/
import "C"

import (
	"runtime"
	"unsafe"
)

// The handle changes: a cleanup would free the first.
type buffer struct{ p unsafe.Pointer }

func newBuffer() *buffer {
	b := &buffer{p: C.buffer_new()}
	runtime.SetFinalizer(b, func(b *buffer) { C.buffer_free(b.p) })
	return b
}

func (b *buffer) grow() {
	b.p = C.buffer_grow(b.p)
	runtime.KeepAlive(b)
}

func main() {
	newBuffer().grow()
}
