package main

/*
static float sum(const float *v, int n) { float t = 0; for (int i = 0; i < n; i++) t += v[i]; return t; }
static int count(const void *p, int n) { return p ? n : 0; }
*/
import "C"

import (
	"unsafe"
)

func sum(v []float32) float32 {
	return float32(C.sum((*C.float)(unsafe.Pointer(unsafe.SliceData(v))), C.int(len(v))))
}

func main() { println(sum(nil)) }
