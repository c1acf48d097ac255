package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

// C.malloc never returns nil; small constants do not fail in practice.
func copied(n int) {
	p := C.malloc(C.size_t(n))
	C.memset(p, 0, C.size_t(n))
	C.free(p)
	q := C.calloc(1, 64)
	C.memset(q, 0, 64)
	C.free(q)
}

func main() {
	copied(16)
}
