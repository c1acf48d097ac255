// Fails: panic: runtime error: index out of range [0] with length 0, when every value is negative.
package main

/*
static float sum(const float *v, int n) { float t = 0; for (int i = 0; i < n; i++) t += v[i]; return t; }
static int count(const void *p, int n) { return p ? n : 0; }
*/
import "C"

import (
	"unsafe"
)

func positive(all []float32) float32 {
	kept := make([]float32, 0, len(all))
	for _, v := range all {
		if v > 0 {
			kept = append(kept, v)
		}
	}
	return float32(C.sum((*C.float)(unsafe.Pointer(&kept[0])), C.int(len(kept)))) // want cgo-empty-slice-pointer
}

func main() { println(positive([]float32{-1})) }
