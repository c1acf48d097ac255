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

type Model struct {
	impl struct{ handle *C.model }
}

func New() *Model {
	m := new(Model)
	m.impl.handle = C.model_new()
	runtime.SetFinalizer(m, destroy)
	return m
}

func destroy(m *Model) { C.model_free(m.impl.handle) }

func (m *Model) Eval(twice bool) (ok bool) {
	if twice {
		ok = C.model_eval(m.impl.handle) == 1 // want missing-keepalive
	} else {
		ok = C.model_eval(m.impl.handle) == 1
	}
	return ok
}

func main() {
	go collect()
	for range 20 {
		if !New().Eval(false) {
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
