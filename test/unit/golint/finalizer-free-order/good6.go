package main

/*
#include <stdlib.h>

typedef struct model { int users, freed; } model;
typedef struct context { model *m; } context;

static model *model_new(void) { return calloc(1, sizeof(model)); }
static void model_unref(model *m) {
	if (m->users-- == 0) free(m);
}
static context *context_new(model *m) {
	context *c = calloc(1, sizeof(context));
	c->m = m;
	m->users++;
	return c;
}
static int context_eval(context *c) { return c->m->users; }
static void context_free(context *c) {
	model_unref(c->m);
	free(c);
}
*/
import "C"

import (
	"runtime"
	"time"
)

type Model struct{ ptr *C.model }

func (m *Model) c() *C.model { return m.ptr }

type Context struct{ ptr *C.context }

func NewModel() *Model {
	m := &Model{ptr: C.model_new()}
	runtime.AddCleanup(m, func(p *C.model) { C.model_unref(p) }, m.ptr)
	return m
}

// C counts who uses the model.
func NewContext(m *Model) *Context {
	c := new(Context)
	c.ptr = C.context_new(m.c())
	runtime.AddCleanup(c, freeContext, c.ptr)
	runtime.KeepAlive(m)
	return c
}

func freeContext(p *C.context) { C.context_free(p) }

func main() {
	c := NewContext(NewModel())
	for range 3 {
		runtime.GC()
		time.Sleep(10 * time.Millisecond)
	}
	println(C.context_eval(c.ptr))
	runtime.KeepAlive(c)
}
