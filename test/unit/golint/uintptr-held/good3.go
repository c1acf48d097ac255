package main

/*
#include <stdlib.h>
*/
import "C"

import "unsafe"

type buffer struct{ addr uintptr }

func newBuffer() buffer {
	p := C.calloc(1, 8)
	return buffer{addr: uintptr(p)}
}

func (b buffer) free() { C.free(unsafe.Pointer(b.addr)) }

func main() { newBuffer().free() }
