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
	buf := make([]byte, 64)
	buf[0] = 1
	C.free(unsafe.Pointer(&buf[0])) // want cgo-free-go-memory
}
