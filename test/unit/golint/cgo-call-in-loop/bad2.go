// Fails: run: [1-9]\d* times slower
package main

/*
#include <stddef.h>
static double total;
static void add(double v) { total += v; }
static void add_all(const double *v, size_t n) { for (size_t i = 0; i < n; i++) add(v[i]); }
*/
import "C"

import (
	"fmt"
	"time"
	"unsafe"
)

func each(values []float64) {
	for i := range values {
		C.add(C.double(values[i])) // want cgo-call-in-loop
	}
}

func main() {
	vector := make([]float64, 1<<16)
	begin := time.Now()
	for range 20 {
		each(vector)
	}
	slow := time.Since(begin)
	begin = time.Now()
	for range 20 {
		C.add_all((*C.double)(unsafe.Pointer(&vector[0])), C.size_t(len(vector)))
	}
	fmt.Printf("%d times slower\n", slow/max(time.Since(begin), 1))
}
