// Fails: run: SIGSEGV
package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import "unsafe"

func zeroed(n int) unsafe.Pointer {
	p := C.calloc(C.size_t(n), 1<<20) // want cgo-unchecked-null
	C.memset(p, 1, 1)
	return p
}

func main() {
	C.free(zeroed(1 << 40))
}
