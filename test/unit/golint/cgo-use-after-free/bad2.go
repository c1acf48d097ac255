// Fails: AddressSanitizer, heap-use-after-free; without it another value is printed.
package main

/*
#include <stdlib.h>
*/
import "C"

import (
	"unsafe"
)

func main() {
	p := (*C.int)(C.malloc(4))
	*p = 7
	C.free(unsafe.Pointer(p))
	println(int(*p)) // want cgo-use-after-free
}
