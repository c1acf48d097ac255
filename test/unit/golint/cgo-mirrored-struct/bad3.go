// Fails: asan: heap-buffer-overflow|stack-buffer-overflow|use-after-poison|AddressSanitizer
package main

/*
#include <stdlib.h>
struct shape { long n; long dims[8]; };
static void *make(size_t n) { return calloc(1, n); }
static void set(struct shape *s) { s->dims[7] = 3; }
*/
import "C"

import "unsafe"

type Shape struct {
	N    int64
	Dims [4]int64
}

func main() {
	s := (*Shape)(C.make(C.size_t(unsafe.Sizeof(Shape{}))))
	C.set((*C.struct_shape)(unsafe.Pointer(s))) // want cgo-mirrored-struct
	C.free(unsafe.Pointer(s))
}
