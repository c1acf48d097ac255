//go:build cgo

package main

/*
static void product(double *out, const double *a, const double *b, int n) {
	for (int i = 0; i < n; i++)
		for (int k = 0; k < n; k++)
			for (int j = 0; j < n; j++)
				out[i * n + j] += a[i * n + k] * b[k * n + j];
}
*/
import "C"

import "unsafe"

const kernel = "C"

func product(out, a, b []float64, n int) {
	cell := func(m []float64) *C.double { return (*C.double)(unsafe.Pointer(&m[0])) }
	C.product(cell(out), cell(a), cell(b), C.int(n))
}
