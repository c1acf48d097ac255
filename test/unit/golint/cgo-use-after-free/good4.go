package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import (
	"unsafe"
)

func length(s string) int {
	cs := C.CString(s)
	defer C.free(unsafe.Pointer(cs))
	total := 0
	for range 3 {
		total += int(C.strlen(cs))
	}
	return total
}

func main() { println(length("x")) }
