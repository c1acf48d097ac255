// Fails: SIGABRT at the return: the same memory under two names.
package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import (
	"unsafe"
)

func use(s string) int {
	cs := C.CString(s)
	p := unsafe.Pointer(cs)
	defer C.free(p)
	n := C.strlen(cs)
	defer C.free(unsafe.Pointer(cs)) // want cgo-double-free
	return int(n)
}

func main() { println(use("x")) }
