package main

/*
#include <stdlib.h>
*/
import "C"

import (
	"unsafe"
)

func main() {
	p := (*[16]int32)(C.malloc(64))
	s := p[:]
	s[0] = 1
	C.free(unsafe.Pointer(&s[0]))
}
