// Fails: run: [1-9]\d* times slower
package main

/*
#include <stddef.h>
static float at(size_t i) { return (float)i; }
static void copy(float *v, size_t n) { for (size_t i = 0; i < n; i++) v[i] = at(i); }
*/
import "C"

import (
	"fmt"
	"time"
	"unsafe"
)

func each(out []float32) {
	for i := range out {
		out[i] = float32(C.at(C.size_t(i))) // want cgo-call-in-loop
	}
}

func main() {
	vector := make([]float32, 1<<16)
	begin := time.Now()
	for range 20 {
		each(vector)
	}
	slow := time.Since(begin)
	begin = time.Now()
	for range 20 {
		C.copy((*C.float)(unsafe.Pointer(&vector[0])), C.size_t(len(vector)))
	}
	fmt.Printf("%d times slower\n", slow/max(time.Since(begin), 1))
}
