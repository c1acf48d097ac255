// Fails: SIGABRT: a parameter freed in the function, twice.
package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import (
	"unsafe"
)

func drop(p *C.char, verbose bool) {
	if verbose {
		println(C.GoString(p))
	}
	C.free(unsafe.Pointer(p))
	if verbose {
		println("dropped")
	}
	C.free(unsafe.Pointer(p)) // want cgo-double-free
}

func main() { drop(C.CString("x"), true) }
