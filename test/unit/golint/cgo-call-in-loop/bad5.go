// Fails: run: [1-9]\d* times slower
package main

/*
#include <stddef.h>
typedef unsigned char byte_t;
static int weight(byte_t c) { return c & 1; }
static int weights(const byte_t *v, size_t n) { int s = 0; for (size_t i = 0; i < n; i++) s += weight(v[i]); return s; }
*/
import "C"

import (
	"fmt"
	"time"
	"unsafe"
)

func each(text []byte) int {
	n := 0
	for _, c := range text {
		n += int(C.weight(C.byte_t(c))) // want cgo-call-in-loop
	}
	return n
}

func main() {
	vector := make([]byte, 1<<16)
	begin := time.Now()
	for range 20 {
		each(vector)
	}
	slow := time.Since(begin)
	begin = time.Now()
	for range 20 {
		C.weights((*C.byte_t)(unsafe.Pointer(&vector[0])), C.size_t(len(vector)))
	}
	fmt.Printf("%d times slower\n", slow/max(time.Since(begin), 1))
}
