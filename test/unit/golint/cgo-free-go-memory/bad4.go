// Fails: SIGABRT, free(): invalid pointer.
package main

/*
#include <stdlib.h>
*/
import "C"

import (
	"unsafe"
)

func main() {
	p := new(int64)
	*p = 3
	q := unsafe.Pointer(p)
	C.free(q) // want cgo-free-go-memory
}
