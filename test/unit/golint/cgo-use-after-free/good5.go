package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import (
	"unsafe"
)

func length(s string, early bool) int {
	cs := C.CString(s)
	if early {
		C.free(unsafe.Pointer(cs))
	}
	n := 0
	if !early {
		n = int(C.strlen(cs))
		C.free(unsafe.Pointer(cs))
	}
	return n
}

func main() { println(length("x", false)) }
