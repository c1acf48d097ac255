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

// C reads the options while it makes the context, and keeps nothing of them.
type Options struct{ handle *C.model }

type Context struct{ handle *C.context }

func NewOptions() *Options {
	o := &Options{handle: C.model_new()}
	runtime.AddCleanup(o, func(handle *C.model) { C.model_free(handle) }, o.handle)
	return o
}

func NewContext(o *Options) *Context {
	c := &Context{handle: C.context_new(o.handle)}
	runtime.AddCleanup(c, func(handle *C.context) { C.context_free(handle) }, c.handle)
	runtime.KeepAlive(o)
	return c
}

func main() {
	runtime.KeepAlive(NewContext(NewOptions()))
}
