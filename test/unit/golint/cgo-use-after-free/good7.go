package main

/*
#include <stdlib.h>
typedef struct { int n; int *tokens; } batch;
static batch batch_init(int n) { batch b = {n, calloc(n, sizeof(int))}; return b; }
static void batch_free(batch b) { free(b.tokens); }
static void fill(float *f, int n) { for (int i = 0; i < n; i++) f[i] = 1; }
*/
import "C"

import "unsafe"

// A copy of what C.free frees.
func embed(n uint16) []float32 {
	buf := (*C.float)(C.malloc(C.size_t(n) * 4))
	defer C.free(unsafe.Pointer(buf))
	C.fill(buf, C.int(n))
	return append([]float32(nil), unsafe.Slice((*float32)(buf), n)...)
}

// The struct is Go's: its number is there after what it points to was freed.
func count() int {
	b := C.batch_init(4)
	C.batch_free(b)
	return int(b.n)
}

func text(s string) string {
	p := C.CString(s)
	defer C.free(unsafe.Pointer(p))
	return C.GoString(p)
}

func main() { println(len(embed(4)), count(), text("a")) }
