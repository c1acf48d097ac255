package main

/*
#include <stdlib.h>
*/
import "C"

func main() {
	p := C.malloc(64)
	C.free(p)
}
