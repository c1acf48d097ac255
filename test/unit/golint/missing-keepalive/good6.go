package main

/*
#include <stdlib.h>
#include <unistd.h>

typedef struct { int alive; } model;

static model *model_new(void) { model *m = malloc(sizeof *m); m->alive = 1; return m; }
// Marks only, so that the fault shows without a sanitizer.
static void model_free(model *m) { m->alive = 0; }
static void model_eval(model *m, int *out) { usleep(50000); *out = m->alive; }
*/
import "C"

import (
	"runtime"
	"time"
)

type Model struct {
	handle *C.model
	result C.int
}

func New() *Model {
	m := &Model{handle: C.model_new()}
	//golm:ignore finalizer-to-cleanup the library builds with Go 1.23 too
	runtime.SetFinalizer(m, func(m *Model) { C.model_free(m.handle) })
	return m
}

// Eval passes a pointer into the value, which keeps it alive.
func (m *Model) Eval() {
	C.model_eval(m.handle, &m.result)
}

func main() {
	go collect()
	m := New()
	m.Eval()
}

func collect() {
	for {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
}
