// Fails: SIGABRT, free(): invalid pointer.
package main

/*
#include <stdlib.h>
static void fill(int *p) { *p = 1; }
*/
import "C"

import (
	"unsafe"
)

func main() {
	var n C.int
	C.fill(&n)
	C.free(unsafe.Pointer(&n)) // want cgo-free-go-memory
}
