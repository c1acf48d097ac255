// Fails: SIGABRT, free(): double free detected in tcache 2.
package main

/*
#include <stdlib.h>
*/
import "C"

func main() {
	p := C.malloc(64)
	C.free(p)
	C.free(p) // want cgo-double-free
}
