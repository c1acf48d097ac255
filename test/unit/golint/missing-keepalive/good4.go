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

type Model struct {
	handle *C.model
	extra  *C.model
}

func New() *Model {
	m := &Model{handle: C.model_new(), extra: shared}
	//golm:ignore finalizer-to-cleanup the library builds with Go 1.23 too
	runtime.SetFinalizer(m, (*Model).Close)
	return m
}

var shared = C.model_new()

// Close takes the finalizer away first.
func (m *Model) Close() {
	runtime.SetFinalizer(m, nil)
	C.model_free(m.handle)
}

// Extra is not freed by the finalizer.
func (m *Model) Extra() int { return int(C.model_eval(m.extra)) }

func main() {
	go collect()
	m := New()
	println(m.Extra())
	m.Close()
}

func collect() {
	for {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
}
