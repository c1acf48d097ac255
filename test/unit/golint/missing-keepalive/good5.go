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
	C.model_eval(m.handle)
	//golm:ignore finalizer-to-cleanup the library builds with Go 1.23 too
	runtime.SetFinalizer(m, func(m *Model) { C.model_free(m.handle) })
	return m
}

func (m *Model) with(f func(*C.model)) {
	f(m.handle)
	runtime.KeepAlive(m)
}

func (m *Model) Eval() (n int) {
	m.with(func(h *C.model) { n = int(C.model_eval(h)) })
	return n
}

func main() {
	go collect()
	println(New().Eval())
}

func collect() {
	for {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
}
