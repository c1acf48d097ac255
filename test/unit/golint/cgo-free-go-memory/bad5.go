// Fails: SIGABRT, free(): invalid pointer.
package main

/*
#include <stdlib.h>
*/
import "C"

import (
	"unsafe"
)

func release(tokens []int32) {
	ids := []int32{1, 2, 3}
	copy(ids, tokens)
	C.free(unsafe.Pointer(unsafe.SliceData(ids))) // want cgo-free-go-memory
}

func main() { release([]int32{4}) }
