package main

/*
#include <stdlib.h>
*/
import "C"

import (
	"unsafe"
)

type node struct{ next *node }

func drop(n *node) { C.free(unsafe.Pointer(n)) }

func main() {
	n := (*node)(C.calloc(1, C.size_t(unsafe.Sizeof(node{}))))
	drop(n)
	var either *node
	if len("x") == 1 {
		either = (*node)(C.malloc(8))
	}
	C.free(unsafe.Pointer(either))
}
