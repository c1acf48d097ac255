package main

/*
typedef struct { const float *data; long len; } view;
static float first(view v) { return v.data[0]; }
*/
import "C"

import "unsafe"

// By value, the struct is the argument itself: its pointers are the first level.
func main() {
	vector := make([]float32, 4)
	var v C.view
	v.data = (*C.float)(unsafe.Pointer(&vector[0]))
	v.len = C.long(len(vector))
	C.first(v)
}
