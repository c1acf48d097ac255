package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import (
	"unsafe"
)

func length(s string, stop bool) int {
	cs := C.CString(s)
	if stop {
		C.free(unsafe.Pointer(cs))
		return 0
	}
	n := C.strlen(cs)
	C.free(unsafe.Pointer(cs))
	if cs == nil {
		return -1
	}
	return int(n)
}

func main() { println(length("x", true)) }
