// Fails: AddressSanitizer, heap-use-after-free in strlen.
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
	return int(C.strlen(cs)) // want cgo-use-after-free
}

func main() { println(length("some text")) }
