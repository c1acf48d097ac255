// Fails: panic: runtime error: index out of range [0] with length 0.
package main

/*
static float sum(const float *v, int n) { float t = 0; for (int i = 0; i < n; i++) t += v[i]; return t; }
static int count(const void *p, int n) { return p ? n : 0; }
*/
import "C"

import (
	"unsafe"
)

func count(prompt string) int {
	b := []byte(prompt)
	p := unsafe.Pointer(&b[0]) // want cgo-empty-slice-pointer
	return int(C.count(p, C.int(len(b))))
}

func main() { println(count("")) }
