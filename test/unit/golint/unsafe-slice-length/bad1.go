// Fails: panic: runtime error: unsafe.Slice: len out of range.
package main

/*
static int data[4] = {1, 2, 3, 4};
static int tokenize(int ok, int **out) { *out = data; return ok ? 4 : -1; }
*/
import "C"

import (
	"unsafe"
)

func tokens(ok bool) []C.int {
	var p *C.int
	flag := C.int(0)
	if ok {
		flag = 1
	}
	n := C.tokenize(flag, &p)
	return unsafe.Slice(p, n) // want unsafe-slice-length
}

func main() { println(len(tokens(false))) }
