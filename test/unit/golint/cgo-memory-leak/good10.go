package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import "unsafe"

var kept []*C.char

func freeAll(texts ...*C.char) {
	for _, text := range texts {
		C.free(unsafe.Pointer(text))
	}
}

func keep(text *C.char) int {
	kept = append(kept, text)
	return len(kept)
}

func first(texts []*C.char) *C.char { return texts[0] }

// Freed by a function of the package, or kept by one.
func main() {
	a, b := C.CString("a"), C.CString("b")
	defer freeAll(a, b)
	keep(C.CString("c"))
	d := C.CString("d")
	println(C.strlen(a), C.strlen(b), C.strlen(first([]*C.char{d})))
}
