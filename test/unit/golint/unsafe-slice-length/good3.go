package main

/*
#include <stddef.h>
static size_t size(void) { return 0; }
static const char *get(void) { return ""; }
*/
import "C"

import (
	"unsafe"
)

func main() {
	n := C.size()
	println(unsafe.String((*byte)(unsafe.Pointer(C.get())), n))
}
