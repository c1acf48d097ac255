package main

/*
#include <stdlib.h>
*/
import "C"

import (
	"unsafe"
)

type buffer struct{ p unsafe.Pointer }

func (b *buffer) Close() {
	C.free(b.p)
	b.p = nil
}

func main() {
	p := C.malloc(8)
	var err error
	switch {
	case err != nil:
		C.free(p)
	default:
		C.free(p)
	}
	b := &buffer{p: C.malloc(8)}
	b.Close()
	b.Close()
}
