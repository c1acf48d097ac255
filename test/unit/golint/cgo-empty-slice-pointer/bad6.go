// Fails: run: index out of range \[0\] with length 0
package main

/*
static float sum(const float *v, int n) { float t = 0; for (int i = 0; i < n; i++) t += v[i]; return t; }
static int count(const void *p, int n) { return p ? n : 0; }
static int bound(int n) { return n + 16; }
*/
import "C"

import "unsafe"

// Embed hands on what it is given.
func Embed(v []float32) float32 { return embed(v, len(v)) }

func embed(v []float32, n int) float32 {
	return float32(C.sum((*C.float)(unsafe.Pointer(&v[0])), C.int(n))) // want cgo-empty-slice-pointer
}

func main() { println(Embed(nil)) }
