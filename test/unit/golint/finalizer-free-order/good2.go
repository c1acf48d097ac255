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

func NewModel() *Model {
	m := &Model{handle: C.model_new()}
	runtime.AddCleanup(m, func(handle *C.model) { C.model_free(handle) }, m.handle)
	return m
}

// What the cleanup captures is there until it has run.
func NewContext(m *Model) *Context {
	c := &Context{handle: C.context_new(m.handle)}
	runtime.AddCleanup(c, func(handle *C.context) {
		C.context_free(handle)
		runtime.KeepAlive(m)
	}, c.handle)
	return c
}

type held struct {
	handle *C.context
	model  *Model
}

func (m *Model) Context() *Context {
	c := &Context{handle: C.context_new(m.handle)}
	runtime.AddCleanup(c, func(h held) { C.context_free(h.handle) }, held{c.handle, m})
	return c
}

func main() {
	runtime.KeepAlive(NewContext(NewModel()))
	runtime.KeepAlive(NewModel().Context())
}
