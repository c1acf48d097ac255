package main

/*
#include <stdlib.h>
static void make(void **out) { *out = malloc(8); }
*/
import "C"

import (
	"unsafe"
)

func main() {
	var p unsafe.Pointer
	C.make(&p)
	C.free(p)
}
