package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import "unsafe"

func destroy(p unsafe.Pointer) {
	if p != nil {
		C.free(p)
	}
}

// Freed once on each path.
func use(n int) {
	p := C.malloc(16)
	if n > 3 {
		destroy(p)
		return
	}
	C.memset(p, 1, 16)
	C.free(p)
}

func main() {
	use(1)
	use(4)
}
