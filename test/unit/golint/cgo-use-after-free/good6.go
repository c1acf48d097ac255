package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import (
	"fmt"
	"unsafe"
)

type text struct{ kept *C.char }

// What may free, keep or hand on is not known to do the one.
func maybeFree(p *C.char, really bool) {
	if really {
		C.free(unsafe.Pointer(p))
	}
}

func (t *text) keep(p *C.char) { t.kept = p }

func later(p *C.char) { go func() { C.free(unsafe.Pointer(p)) }() }

func replaced(p *C.char) *C.char {
	C.free(unsafe.Pointer(p))
	return C.CString("new")
}

func main() {
	a, b, c := C.CString("a"), C.CString("b"), C.CString("c")
	maybeFree(a, false)
	new(text).keep(b)
	go later(c)
	d := C.CString("d")
	d = replaced(d)
	fmt.Println(C.strlen(a), C.strlen(b), C.strlen(d))
	C.free(unsafe.Pointer(d))
}
