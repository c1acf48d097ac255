// Fails: SIGABRT, free(): invalid pointer.
package main

/*
#include <stdlib.h>
*/
import "C"

import (
	"unsafe"
)

type header struct{ magic, version uint32 }

func main() {
	h := &header{magic: 1}
	println(h.version)
	defer C.free(unsafe.Pointer(h)) // want cgo-free-go-memory
}
