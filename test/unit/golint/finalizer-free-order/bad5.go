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
	"sync"
	"time"
)

type Model struct {
	mu     sync.Mutex
	handle *C.model
	name   string
}

type Context struct {
	handle *C.context
	model  string
}

func NewModel(name string) *Model {
	m := &Model{handle: C.model_new(), name: name}
	runtime.AddCleanup(m, func(handle *C.model) { C.model_free(handle) }, m.handle)
	return m
}

// Its name is a copy, and keeps nothing.
func (m *Model) Context() *Context {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.handle == nil {
		return nil
	}
	c := &Context{
		handle: C.context_new(m.handle),
		model:  m.name,
	}
	runtime.SetFinalizer(c, func(c *Context) { // want finalizer-free-order finalizer-to-cleanup
		C.context_free(c.handle)
	})
	return c
}

func main() {
	c := NewModel("a").Context()
	for range 3 {
		runtime.GC()
		time.Sleep(10 * time.Millisecond)
	}
	fmt.Println(c.model, C.context_eval(c.handle))
	runtime.KeepAlive(c)
}
