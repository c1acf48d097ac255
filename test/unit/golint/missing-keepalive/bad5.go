// Fails: run: panic: freed while in use
package main

/*
#include <stdlib.h>
#include <unistd.h>

typedef struct { int alive; } model;

static model *model_new(void) { model *m = malloc(sizeof *m); m->alive = 1; return m; }
// Marks only, so that the fault shows without a sanitizer.
static void model_free(model *m) { m->alive = 0; }
static int model_eval(model *m) { usleep(50000); return m->alive; }
*/
import "C"

import (
	"runtime"
	"time"
)

type Model struct{ handle *C.model }

func New() *Model {
	h := C.model_new()
	m := &Model{handle: h}
	runtime.AddCleanup(m, release, h)
	return m
}

func release(h *C.model) { C.model_free(h) }

func both(a, b *Model) int {
	n := C.model_eval(a.handle) // want missing-keepalive
	n += C.model_eval(b.handle)
	return int(n)
}

func main() {
	go collect()
	for range 20 {
		if both(New(), New()) != 2 {
			panic("freed while in use")
		}
	}
}

func collect() {
	for {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
}
