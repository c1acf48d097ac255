package main

/*
#include <stdint.h>
struct event { int32_t type; int32_t size; char payload[56]; };
struct base { int32_t type; };
static struct event last = { 1, 8, "" };
static struct event *next(void) { return &last; }
static int type_of(const struct base *b) { return b->type; }
*/
import "C"

import "unsafe"

type header struct {
	Type, Size int32
}

type keyEvent struct {
	Type, Size int32
	Key        int64
}

// A view of the beginning, of bytes with another meaning, and a C struct that is the beginning of Go's.
func main() {
	e := C.next()
	h := (*header)(unsafe.Pointer(e))
	k := (*keyEvent)(unsafe.Pointer(e))
	own := keyEvent{Type: h.Type, Key: k.Key}
	C.type_of((*C.struct_base)(unsafe.Pointer(&own)))
}
