// Fails: asan: heap-use-after-free
package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import "unsafe"

// Both give back what they are handed, whatever comes.
func freeText(text *C.char) {
	if text == nil {
		return
	}
	wipe(text)
	C.free(unsafe.Pointer(text))
}

func wipe(text *C.char) {
	C.memset(unsafe.Pointer(text), 0, C.strlen(text))
}

func length(s string) int {
	cs := C.CString(s)
	freeText(cs)
	return int(C.strlen(cs)) // want cgo-use-after-free
}

func main() { println(length("some text")) }
