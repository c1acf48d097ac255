// Fails: panic: runtime error: index out of range [0] with length 0, for n = 0.
package main

/*
static float sum(const float *v, int n) { float t = 0; for (int i = 0; i < n; i++) t += v[i]; return t; }
static int count(const void *p, int n) { return p ? n : 0; }
*/
import "C"

import (
	"unsafe"
)

func zeros(n int) float32 {
	if n < 0 {
		return 0
	}
	v := make([]C.float, n)
	return float32(C.sum(&v[0], C.int(n))) // want cgo-empty-slice-pointer
}

func main() {
	println(zeros(0))
	_ = unsafe.Pointer(nil)
}
