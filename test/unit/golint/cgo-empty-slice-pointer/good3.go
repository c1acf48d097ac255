package main

/*
static float sum(const float *v, int n) { float t = 0; for (int i = 0; i < n; i++) t += v[i]; return t; }
static int count(const void *p, int n) { return p ? n : 0; }
*/
import "C"

import (
	"unsafe"
)

func fixed() float32 {
	v := make([]float32, 16)
	var a [4]float32
	s := []float32{1, 2}
	s = append(s, 3)
	t := C.sum((*C.float)(unsafe.Pointer(&v[0])), 16) + C.sum((*C.float)(unsafe.Pointer(&a[0])), 4)
	return float32(t + C.sum((*C.float)(unsafe.Pointer(&s[0])), 3))
}

func main() { println(fixed()) }
