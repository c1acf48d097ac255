package main

/*
#include <stdlib.h>
*/
import "C"

import (
	"unsafe"
)

func main() {
	p := C.CBytes([]byte("abc"))
	s := unsafe.Slice((*byte)(p), 3)
	defer C.free(unsafe.Pointer(unsafe.SliceData(s)))
	println(s[0])
}
