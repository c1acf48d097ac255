// Fails: LeakSanitizer counts the first string: its variable is given the second one.
package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import (
	"unsafe"
)

func both(a, b string) int {
	cs := C.CString(a) // want cgo-memory-leak
	n := C.strlen(cs)
	cs = C.CString(b)
	n += C.strlen(cs)
	C.free(unsafe.Pointer(cs))
	return int(n)
}

func main() {
	for range 1000 {
		both("one", "two")
	}
}
