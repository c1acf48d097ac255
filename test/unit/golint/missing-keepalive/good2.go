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
	"sync"
	"time"
)

type Model struct {
	mu     sync.Mutex
	handle *C.model
	last   C.int
}

func New() *Model {
	m := &Model{handle: C.model_new()}
	//golm:ignore finalizer-to-cleanup the library builds with Go 1.23 too
	runtime.SetFinalizer(m, func(m *Model) { C.model_free(m.handle) })
	return m
}

func (m *Model) Eval() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return int(C.model_eval(m.handle))
}

func (m *Model) Keep() {
	m.last = C.model_eval(m.handle)
}

func (m *Model) Loop() (n int) {
	for range 3 {
		n += int(C.model_eval(m.handle))
	}
	return n + int(m.last)
}

func main() {
	go collect()
	New().Keep()
	println(New().Eval(), New().Loop())
}

func collect() {
	for {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
}
