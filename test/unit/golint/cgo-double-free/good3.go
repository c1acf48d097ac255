package main

/*
#include <stdlib.h>
*/
import "C"

func work() {
	p := C.malloc(64)
	C.free(p)
	p = C.malloc(128)
	C.free(p)
	p = nil
	C.free(p)
}

func main() { work() }
