package main

/*
#include <stddef.h>
static float sum(const float *v, size_t n) { float s = 0; for (size_t i = 0; i < n; i++) s += v[i]; return s; }
*/
import "C"

import "unsafe"

func main() {
	vector := make([]float32, 16)
	C.sum((*C.float)(unsafe.Pointer(&vector[0])), C.size_t(len(vector)))
}
