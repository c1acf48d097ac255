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
	runtime.SetFinalizer(m, func(m *Model) { C.model_free(m.handle) })
	return m
}

func (m *Model) Eval() int {
	n := C.model_eval(m.handle)
	runtime.KeepAlive(m)
	return int(n)
}

func (m *Model) Deferred() int {
	defer runtime.KeepAlive(m)
	return int(C.model_eval(m.handle))
}

func main() {
	go collect()
	println(New().Eval(), New().Deferred())
}

func collect() {
	for {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
}
