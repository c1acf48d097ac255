package main

/*
#include <stdlib.h>
static void *thing_new(void) { return malloc(64); }
static void thing_free(void *p) { free(p); }
*/
import "C"

import (
	"runtime"
	"unsafe"
)

type model struct{ p unsafe.Pointer }

// Finalizers run in the order of references: the session's before its model's.
type session struct {
	model *model
	p     unsafe.Pointer
}

func newSession(m *model) *session {
	s := &session{model: m, p: C.thing_new()}
	runtime.SetFinalizer(s, func(s *session) { C.thing_free(s.p) })
	return s
}

func newModel() *model {
	m := &model{p: C.thing_new()}
	runtime.AddCleanup(m, func(p unsafe.Pointer) { C.thing_free(p) }, m.p)
	return m
}

func main() {
	runtime.KeepAlive(newSession(newModel()))
}
