// Fails: AddressSanitizer, heap-use-after-free: the caller gets freed memory.
package main

/*
#include <stdlib.h>
*/
import "C"

import (
	"unsafe"
)

func numbers(n int) *C.int {
	p := (*C.int)(C.calloc(C.size_t(n), 4))
	C.free(unsafe.Pointer(p))
	return p // want cgo-use-after-free
}

func main() { println(int(*numbers(4))) }
