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

// Finalizers run in the order of references.
type Context struct {
	handle *C.context
	model  *Model
}

func NewModel() *Model {
	m := &Model{handle: C.model_new()}
	//golm:ignore finalizer-to-cleanup the library builds with Go 1.23 too
	runtime.SetFinalizer(m, func(m *Model) { C.model_free(m.handle) })
	return m
}

func NewContext(m *Model) *Context {
	c := &Context{handle: C.context_new(m.handle), model: m}
	runtime.SetFinalizer(c, func(c *Context) { C.context_free(c.handle) })
	return c
}

func main() {
	runtime.KeepAlive(NewContext(NewModel()))
}
