package main

/*
#include <stdlib.h>
struct point { int x, y; };
static int sum(struct point *p) { struct point *q = p; return q->x + q->y; }
static void *user;
static void set_handler(void *data) { user = data; }
*/
import "C"

import (
	"runtime"
	"unsafe"
)

type counter struct{ n int32 }

var pinner runtime.Pinner

func main() {
	var p C.struct_point
	C.sum(&p)
	c := &counter{}
	pinner.Pin(c)
	C.set_handler(unsafe.Pointer(c))
}
