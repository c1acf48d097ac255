package main

/*
#include <stdlib.h>
typedef struct { const char *name; int size; } schema;
static schema *new_schema(const char *name, int size) {
	schema *s = malloc(sizeof(schema));
	s->name = name;
	s->size = size;
	return s;
}
static void drop(void *p) { free(p); }
*/
import "C"

import "unsafe"

type holder struct{ s *C.schema }

func newHolder(name string) *holder {
	return &holder{s: C.new_schema(C.CString(name), 1)}
}

func scratch() {
	p := C.malloc(8)
	C.drop(p)
}

func main() {
	h := newHolder("x")
	defer C.free(unsafe.Pointer(h.s))
	scratch()
}
