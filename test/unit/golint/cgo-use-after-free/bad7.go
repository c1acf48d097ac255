// Fails: asan: heap-use-after-free
package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import "unsafe"

func freeAll(pointers ...unsafe.Pointer) {
	for _, p := range pointers {
		C.free(p)
	}
}

func size(text *C.char) int { return int(C.strlen(text)) }

func both(a, b string) int {
	ca, cb := C.CString(a), C.CString(b)
	n := size(ca)
	freeAll(unsafe.Pointer(ca), unsafe.Pointer(cb))
	return n + size(cb) // want cgo-use-after-free
}

func main() { println(both("a", "b")) }
