package main

/*
#include <stdlib.h>

typedef struct { int x, y; } point;
typedef struct { point *points; int length; } contour;

static contour contour_new(void) {
	contour c = { calloc(3, sizeof(point)), 3 };
	c.points[2].y = 5;
	return c;
}
static unsigned char *state(int *n) { static unsigned char keys[4] = {1, 2, 3, 4}; *n = 4; return keys; }
*/
import "C"

import (
	"reflect"
	"unsafe"
)

// Memory of C: it neither moves nor goes.
func last(c C.contour) int {
	at := c.points
	n := int(c.length)
	h := reflect.SliceHeader{Data: uintptr(unsafe.Pointer(at)), Len: n, Cap: n}
	points := *(*[]C.point)(unsafe.Pointer(&h))
	return int(points[n-1].y)
}

func zeroed(n int) []byte {
	p := C.calloc(C.size_t(n), 1)
	if p == nil {
		panic("no memory")
	}
	h := reflect.SliceHeader{Data: uintptr(p), Len: n, Cap: n}
	return *(*[]byte)(unsafe.Pointer(&h))
}

func keys() []byte {
	var n C.int
	start := C.state(&n)
	h := reflect.SliceHeader{}
	h.Len = int(n)
	h.Cap = int(n)
	h.Data = uintptr(unsafe.Pointer(start))
	return *(*[]byte)(unsafe.Pointer(&h))
}

func main() {
	c := C.contour_new()
	defer C.free(unsafe.Pointer(c.points))
	b := zeroed(4)
	defer C.free(unsafe.Pointer(&b[0]))
	println(last(c), len(b), keys()[3])
}
