// Fails: run: copied after the free
// Go copies the string itself, and AddressSanitizer does not watch Go.
package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import (
	"os"
	"unsafe"
)

func upper(s string) string {
	cs := C.CString(s)
	defer println("done")
	C.free(unsafe.Pointer(cs))
	return C.GoString(cs) // want cgo-use-after-free
}

func main() {
	if upper("text") != "text" {
		println("copied after the free")
		os.Exit(1)
	}
}
