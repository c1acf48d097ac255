// Fails: valgrind, invalid read of size 1: the string is copied after it was freed.
package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import (
	"unsafe"
)

func upper(s string) string {
	cs := C.CString(s)
	defer println("done")
	C.free(unsafe.Pointer(cs))
	return C.GoString(cs) // want cgo-use-after-free
}

func main() { println(upper("text")) }
