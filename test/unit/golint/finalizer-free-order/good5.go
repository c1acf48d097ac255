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
	"sync"
)

type Model struct{ handle *C.model }

type Context struct{ handle *C.context }

var (
	mu   sync.Mutex
	uses = map[*Model]int{}
)

func hold(m *Model) {
	mu.Lock()
	defer mu.Unlock()
	uses[m]++
}

func NewModel() *Model {
	m := &Model{handle: C.model_new()}
	//golm:ignore finalizer-to-cleanup the library builds with Go 1.23 too
	runtime.SetFinalizer(m, func(m *Model) { C.model_free(m.handle) })
	return m
}

// Somebody else is told of the model, and may keep it.
func NewContext(m *Model) *Context {
	hold(m)
	c := &Context{handle: C.context_new(m.handle)}
	//golm:ignore finalizer-to-cleanup the library builds with Go 1.23 too
	runtime.SetFinalizer(c, func(c *Context) { C.context_free(c.handle) })
	runtime.KeepAlive(m)
	return c
}

func main() {
	runtime.KeepAlive(NewContext(NewModel()))
}
