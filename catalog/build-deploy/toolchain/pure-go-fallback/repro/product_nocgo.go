//go:build !cgo

package main

const kernel = "Go"

func product(out, a, b []float64, n int) {
	for i := range n {
		for j := range n {
			for k := range n {
				out[i*n+j] += a[i*n+k] * b[k*n+j]
			}
		}
	}
}
