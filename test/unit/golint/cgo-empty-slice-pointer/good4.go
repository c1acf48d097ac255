package main

/*
static float sum(const float *v, int n) { float t = 0; for (int i = 0; i < n; i++) t += v[i]; return t; }
static int count(const void *p, int n) { return p ? n : 0; }
*/
import "C"

import (
	"unsafe"
)

func count(b []byte) int {
	var p unsafe.Pointer
	if n := len(b); n > 0 {
		p = unsafe.Pointer(&b[0])
	}
	return int(C.count(p, C.int(len(b))))
}

func main() { println(count(nil)) }
