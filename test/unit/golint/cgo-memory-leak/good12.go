package main

// #include <stdlib.h>
import "C"

import "unsafe"

// Where there is an error, there is no memory.
func allocate(n C.size_t) unsafe.Pointer {
	p, err := C.calloc(n, 1)
	if err != nil {
		if p = C.malloc(n); p == nil {
			panic(err)
		}
	}
	return p
}

func main() { C.free(allocate(8)) }
