// Fails: asan: attempting double-free
package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import "unsafe"

func destroy(p unsafe.Pointer) {
	defer C.free(p)
	C.memset(p, 0, 16)
}

func main() {
	p := C.malloc(16)
	defer C.free(p)
	C.memset(p, 1, 16)
	destroy(p) // want cgo-double-free
}
