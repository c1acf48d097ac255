package main

/*
static int data[4] = {1, 2, 3, 4};
static int tokenize(int ok, int **out) { *out = data; return ok ? 4 : -1; }
*/
import "C"

import (
	"unsafe"
)

func tokens() []C.int {
	var p *C.int
	n := C.tokenize(1, &p)
	if n < 0 {
		return nil
	}
	return unsafe.Slice(p, n)
}

func main() { println(len(tokens())) }
