// Fails: run: [1-9]\d* times slower
package main

/*
#include <stddef.h>
static int square(int v) { return v * v; }
static void squares(int *v, size_t n) { for (size_t i = 0; i < n; i++) v[i] = square(v[i]); }
*/
import "C"

import (
	"fmt"
	"time"
	"unsafe"
)

func each(values []int32) {
	for i, v := range values {
		values[i] = int32(C.square(C.int(v))) // want cgo-call-in-loop
	}
}

func main() {
	vector := make([]int32, 1<<16)
	begin := time.Now()
	for range 20 {
		each(vector)
	}
	slow := time.Since(begin)
	begin = time.Now()
	for range 20 {
		C.squares((*C.int)(unsafe.Pointer(&vector[0])), C.size_t(len(vector)))
	}
	fmt.Printf("%d times slower\n", slow/max(time.Since(begin), 1))
}
