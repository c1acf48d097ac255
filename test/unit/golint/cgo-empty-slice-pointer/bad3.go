// Fails: panic: runtime error: index out of range [0] with length 0.
package main

/*
static float sum(const float *v, int n) { float t = 0; for (int i = 0; i < n; i++) t += v[i]; return t; }
static int count(const void *p, int n) { return p ? n : 0; }
*/
import "C"

import (
	"unsafe"
)

type batch struct{ values []float32 }

func (b *batch) sum() float32 {
	return float32(C.sum((*C.float)(unsafe.Pointer(&b.values[0])), C.int(len(b.values)))) // want cgo-empty-slice-pointer
}

func main() { println((&batch{}).sum()) }
