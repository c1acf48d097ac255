// Fails: run: index out of range \[0\] with length 0
package main

/*
static float sum(const float *v, int n) { float t = 0; for (int i = 0; i < n; i++) t += v[i]; return t; }
static int count(const void *p, int n) { return p ? n : 0; }
static int bound(int n) { return n + 16; }
*/
import "C"

import "unsafe"

// Update asks for nil, which an empty slice is not.
func Update(plane []byte) int {
	var p *byte
	if plane != nil {
		p = &plane[0] // want cgo-empty-slice-pointer
	}
	return int(C.count(unsafe.Pointer(p), C.int(len(plane))))
}

func main() { println(Update([]byte{})) }
