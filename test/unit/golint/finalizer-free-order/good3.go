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

import "runtime"

type Model struct{ handle *C.model }

type Context struct{ handle *C.context }

// Nothing frees the model but its owner.
func NewModel() *Model { return &Model{handle: C.model_new()} }

func (m *Model) Close() { C.model_free(m.handle) }

func NewContext(m *Model) *Context {
	c := &Context{handle: C.context_new(m.handle)}
	runtime.AddCleanup(c, func(handle *C.context) { C.context_free(handle) }, c.handle)
	return c
}

func main() {
	m := NewModel()
	runtime.KeepAlive(NewContext(m))
	m.Close()
}
