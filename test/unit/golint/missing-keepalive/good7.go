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

type wrapper struct{ handle *C.model }

var pool = sync.Pool{New: func() any { return newWrapper() }}

func newWrapper() *wrapper {
	w := &wrapper{handle: C.model_new()}
	runtime.AddCleanup(w, func(m *C.model) { C.model_free(m) }, w.handle)
	return w
}

// Eval has the wrapper until it gives it back.
func Eval(times int) int {
	w := pool.Get().(*wrapper)
	n := evalAll(w, times)
	pool.Put(w)
	return n
}

func evalAll(w *wrapper, times int) int {
	if times == 1 {
		return evalOnce(w)
	}
	return evalOnce(w)
}

func evalOnce(w *wrapper) int { return int(C.model_eval(w.handle)) }

func main() {
	go collect()
	println(Eval(1))
}

func collect() {
	for {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
}
