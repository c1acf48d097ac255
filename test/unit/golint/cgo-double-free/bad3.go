// Fails: SIGABRT when n is negative: freed in the branch, and again behind it.
package main

/*
#include <stdlib.h>
*/
import "C"

func work(n int) {
	p := C.malloc(64)
	if n < 0 {
		println("negative")
		C.free(p)
	}
	C.free(p) // want cgo-double-free
}

func main() { work(-1) }
