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
	m := &Model{handle: C.model_new()}
	runtime.AddCleanup(m, func(h *C.model) { C.model_free(h) }, m.handle)
	return m
}

func (m *Model) Eval() bool {
	ok := C.model_eval(m.handle) // want missing-keepalive
	return ok == 1
}

func main() {
	go collect()
	for range 20 {
		if !New().Eval() {
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
