package main

/*
#include <time.h>
struct event { struct timespec at; int kind; };
enum mode { SLOW, FAST };
struct options { enum mode mode; void (*done)(int); struct { int x; } *inner; };
static int kind(struct event *e) { return e->kind; }
static int mode(struct options *o) { return o->mode; }
*/
import "C"

import "unsafe"

type Event struct {
	Seconds, Nanoseconds int64
	Kind                 int32
}

type Options struct {
	Mode  uint32
	Done  uintptr
	Inner *int32
}

func main() {
	e, o := Event{}, Options{}
	C.kind((*C.struct_event)(unsafe.Pointer(&e)))
	C.mode((*C.struct_options)(unsafe.Pointer(&o)))
}
