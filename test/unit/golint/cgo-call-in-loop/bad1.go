// Fails: run: [1-9]\d* times slower
package main

/*
#include <stddef.h>
static float buffer[1 << 16];
static void set(int i, float v) { buffer[i] = v; }
static void set_all(const float *v, size_t n) { for (size_t i = 0; i < n; i++) set((int)i, v[i]); }
*/
import "C"

import (
	"fmt"
	"time"
	"unsafe"
)

func each(vector []float32) {
	for i, v := range vector {
		C.set(C.int(i), C.float(v)) // want cgo-call-in-loop
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
		C.set_all((*C.float)(unsafe.Pointer(&vector[0])), C.size_t(len(vector)))
	}
	fmt.Printf("%d times slower\n", slow/max(time.Since(begin), 1))
}
