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
	if n <= 0 {
		return 0
	}
	v := make([]C.float, n)
	return float32(C.sum(&v[0], C.int(n)))
}

func rows(all [][]float32) (t float32) {
	for i := 0; i < len(all); i++ {
		if row := all[i]; len(row) > 0 && C.count(unsafe.Pointer(&row[0]), C.int(len(row))) > 0 {
			t++
		}
	}
	return t
}

func buffers(text string) float32 {
	n := len(text) + 2
	v := make([]C.float, n)
	t := C.sum(&v[0], C.int(n))
	n = int(t)
	w := make([]C.float, max(16, n))
	return float32(C.sum(&w[0], 16))
}

func main() { println(zeros(2), rows(nil), buffers("x")) }
