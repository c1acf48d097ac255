// Fails: asan: LeakSanitizer: detected memory leaks
// A function with a shorter name makes the copy.
package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import (
	"strings"
	"unsafe"
)

func cstring(s string) *C.char { return C.CString(s) }

func length(s string) int {
	p := cstring(s) // want cgo-memory-leak
	return int(C.strlen(p))
}

func freed(s string) int {
	p := cstring(s)
	defer C.free(unsafe.Pointer(p))
	return int(C.strlen(p))
}

func main() {
	for range 64 {
		println(length(strings.Repeat("x", 1<<20)), freed("b"))
	}
}
