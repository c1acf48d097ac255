package main

/*
#include <stdlib.h>
typedef struct { int a; int rest[4]; } record;
static record *record_at(void *p) { return p; }
*/
import "C"

import "unsafe"

// What points into the memory is as good as the pointer itself.
func inside(r *C.record) *C.int { return &r.a }

func rest(r *C.record) []C.int { return r.rest[:] }

var kept *C.int

func make2() (*C.int, []C.int) {
	a := (*C.record)(C.malloc(C.sizeof_record))
	b := (*C.record)(C.malloc(C.sizeof_record))
	c := (*C.record)(C.malloc(C.sizeof_record))
	kept = &c.rest[1]
	return inside(a), rest(b)
}

func main() {
	a, b := make2()
	C.free(unsafe.Pointer(a))
	println(len(b), kept != nil)
}
