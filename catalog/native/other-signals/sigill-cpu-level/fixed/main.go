// Picks the fastest dot product of a C kernel library at start and scores a row with it.
package main

// #include "kernel.h"
import "C"

import "fmt"

type Kernel struct {
	name string
	dot  func(a, b []float32) float32
}

func tileDot(a, b []float32) float32 {
	return float32(C.dot_tile((*C.float)(&a[0]), (*C.float)(&b[0]), C.int(len(a))))
}

func plainDot(a, b []float32) float32 {
	return float32(C.dot_plain((*C.float)(&a[0]), (*C.float)(&b[0]), C.int(len(a))))
}

// pickKernel returns the best kernel that was built in.
func pickKernel() Kernel {
	if C.cpu_has_tiles() == 0 {
		return Kernel{"plain", plainDot}
	}
	return Kernel{"tile", tileDot}
}

func main() {
	k := pickKernel()
	fmt.Println(k.name, k.dot([]float32{1, 2, 3}, []float32{0.5, 1, 2}))
}
