package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import "unsafe"

func must(p unsafe.Pointer) {
	if p == nil {
		panic("out of memory")
	}
}

func zeroed(n int) {
	p := C.calloc(C.size_t(n), 8)
	must(p)
	C.memset(p, 1, 8)
	C.free(p)
}

func main() {
	zeroed(8)
}
