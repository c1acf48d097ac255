// Fails: asan: heap-use-after-free
package main

/*
#include <stdlib.h>

typedef struct model { int users, freed; } model;
typedef struct context { model *m; } context;

static model *model_new(void) { return calloc(1, sizeof(model)); }
static void model_free(model *m) { free(m); }
static context *context_new(model *m) {
	context *c = calloc(1, sizeof(context));
	c->m = m;
	m->users++;
	return c;
}
static int context_eval(context *c) { return c->m->users; }
static void context_free(context *c) {
	c->m->users--;
	free(c);
}
*/
import "C"

import (
	"runtime"
	"time"
)

type Model struct{ handle *C.model }

// The reference keeps the model while the context is in use, and orders finalizers. It does not order cleanups.
type Context struct {
	handle *C.context
	model  *Model
}

func NewModel() *Model {
	m := &Model{handle: C.model_new()}
	runtime.AddCleanup(m, func(handle *C.model) { C.model_free(handle) }, m.handle)
	return m
}

func NewContext(m *Model) *Context {
	c := &Context{handle: C.context_new(m.handle), model: m}
	runtime.AddCleanup(c, func(handle *C.context) { // want finalizer-free-order
		C.context_free(handle)
	}, c.handle)
	return c
}

func main() {
	for range 200 {
		NewContext(NewModel())
	}
	for range 3 {
		runtime.GC()
		time.Sleep(10 * time.Millisecond)
	}
}
