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
	C.free(unsafe.Pointer(cs))
	cs = C.CString("other")
	defer C.free(unsafe.Pointer(cs))
	return int(C.strlen(cs))
}

func main() { println(length("x")) }
