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
	"errors"
	"fmt"
	"runtime"
	"time"
)

type Model struct {
	c      *C.model
	layers int
}

func (m *Model) Close() error {
	if m.c == nil {
		return errors.New("closed twice")
	}
	C.model_free(m.c)
	m.c = nil
	runtime.SetFinalizer(m, nil)
	return nil
}

type Session struct {
	c    *C.context
	size int
}

func Load() *Model {
	m := new(Model)
	m.c = C.model_new()
	runtime.SetFinalizer(m, (*Model).Close)
	return m
}

// The session is made from the model, and remembers its size alone.
func (m *Model) Session() (*Session, error) {
	c := C.context_new(m.c)
	if c == nil {
		return nil, errors.New("no session")
	}
	s := &Session{c: c, size: m.layers}
	runtime.SetFinalizer(s, (*Session).destroy) // want finalizer-free-order
	runtime.KeepAlive(m)
	return s, nil
}

func (s *Session) destroy() {
	fmt.Println("a session goes")
	C.context_free(s.c)
}

func main() {
	s, err := Load().Session()
	if err != nil {
		panic(err)
	}
	for range 3 {
		runtime.GC()
		time.Sleep(10 * time.Millisecond)
	}
	fmt.Println(C.context_eval(s.c))
	runtime.KeepAlive(s)
}
