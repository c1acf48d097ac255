// Fails: SIGABRT, free(): double free detected in tcache 2.
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
	defer C.free(unsafe.Pointer(cs))
	n := int(C.strlen(cs))
	C.free(unsafe.Pointer(cs)) // want cgo-double-free
	return n
}

func main() { println(length("x")) }
