// Fails: run: C is told 0 elements
package main

/*
#include <stdint.h>
struct shape { uint32_t elements; };
static uint32_t elements(struct shape *s) { return s->elements; }
*/
import "C"

import "fmt"

func elements(rows [][]byte) uint32 {
	n := len(rows) * len(rows[0])
	shape := C.struct_shape{elements: C.uint32_t(n)} // want cgo-int-narrowing
	return uint32(C.elements(&shape))
}

func main() {
	rows := make([][]byte, 1<<16)
	rows[0] = make([]byte, 1<<16)
	fmt.Printf("C is told %d elements\n", elements(rows))
}
