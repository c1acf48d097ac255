// Fails: asan: heap-use-after-free
// What is returned is a slice over the memory that the deferred call frees.
package main

/*
#include <stdlib.h>
static void fill(float *f, int n) { for (int i = 0; i < n; i++) f[i] = 1; }
static float sum(const float *f, int n) { float s = 0; for (int i = 0; i < n; i++) s += f[i]; return s; }
*/
import "C"

import "unsafe"

func embed(n uint16) []float32 {
	buf := (*C.float)(C.malloc(C.size_t(n) * 4))
	defer C.free(unsafe.Pointer(buf))
	C.fill(buf, C.int(n))
	return unsafe.Slice((*float32)(buf), n) // want cgo-use-after-free
}

func main() {
	vector := embed(256)
	println(C.sum((*C.float)(unsafe.SliceData(vector)), 256))
}
