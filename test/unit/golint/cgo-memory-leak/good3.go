package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import (
	"unsafe"
)

func alloc(n int) unsafe.Pointer {
	p := C.malloc(C.size_t(n))
	if p == nil {
		return nil
	}
	C.memset(p, 0, C.size_t(n))
	return p
}

func main() {
	p := alloc(16)
	C.free(p)
}
