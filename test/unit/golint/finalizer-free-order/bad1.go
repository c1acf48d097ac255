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
	"fmt"
	"runtime"
	"time"
)

type Model struct{ handle *C.model }

type Context struct{ handle *C.context }

func NewModel() *Model {
	m := &Model{handle: C.model_new()}
	runtime.SetFinalizer(m, func(m *Model) { C.model_free(m.handle) }) // want finalizer-to-cleanup
	return m
}

func NewContext(m *Model) *Context {
	c := &Context{handle: C.context_new(m.handle)}
	runtime.SetFinalizer(c, func(c *Context) { C.context_free(c.handle) }) // want finalizer-free-order finalizer-to-cleanup
	runtime.KeepAlive(m)
	return c
}

func (c *Context) Eval() int {
	defer runtime.KeepAlive(c)
	return int(C.context_eval(c.handle))
}

func main() {
	c := NewContext(NewModel())
	for range 3 {
		runtime.GC()
		time.Sleep(10 * time.Millisecond)
	}
	fmt.Println(c.Eval())
}
