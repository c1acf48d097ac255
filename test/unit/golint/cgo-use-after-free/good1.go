package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import (
	"unsafe"
)

func length(s string) int {
	cs := C.CString(s)
	n := int(C.strlen(cs))
	C.free(unsafe.Pointer(cs))
	return n
}

func main() { println(length("x")) }
