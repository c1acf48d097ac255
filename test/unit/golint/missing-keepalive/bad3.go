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
	//golm:ignore finalizer-to-cleanup the library builds with Go 1.23 too
	runtime.SetFinalizer(m, (*Model).Close)
	return m
}

// Close may be called early.
func (m *Model) Close() {
	if m.handle != nil {
		C.model_free(m.handle)
		m.handle = nil
	}
}

func (m *Model) c() *C.model { return m.handle }

func check(m *Model) {
	h := m.c()
	if C.model_eval(h) == 0 { // want missing-keepalive
		panic("freed while in use")
	}
}

func main() {
	go collect()
	for range 20 {
		check(New())
	}
}

func collect() {
	for {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
}
