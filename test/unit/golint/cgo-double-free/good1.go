package main

/*
#include <stdlib.h>
*/
import "C"

func work(ok bool) {
	p := C.malloc(64)
	if ok {
		C.free(p)
	}
	println("between")
	if !ok {
		C.free(p)
	}
}

func main() { work(true) }
