// Fails: panic: runtime error: unsafe.String: len out of range.
package main

/*
static const char *text = "text";
static const char *get(void) { return text; }
static int size(void) { return -1; }
*/
import "C"

import (
	"unsafe"
)

func main() {
	s := unsafe.String((*byte)(unsafe.Pointer(C.get())), int(C.size())) // want unsafe-slice-length
	println(s)
}
