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

// Model has to be closed: no finalizer can come in between.
type Model struct{ handle *C.model }

func New() *Model { return &Model{handle: C.model_new()} }

func (m *Model) Close() { C.model_free(m.handle) }

func (m *Model) Eval() int { return int(C.model_eval(m.handle)) }

func main() {
	go collect()
	m := New()
	defer m.Close()
	println(m.Eval())
	runtime.Gosched()
}

func collect() {
	for {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
}
