package main

/*
#include <stdlib.h>
static void use(char *s) { (void)s; }
*/
import "C"

import "unsafe"

// Texts must be converted one by one.
func main() {
	for _, name := range []string{"a", "b"} {
		cs := C.CString(name)
		C.use(cs)
		C.free(unsafe.Pointer(cs))
	}
}
