package main

/*
#include <string.h>
static void fill(void *p, int n) { memset(p, 1, n); }
*/
import "C"

import "unsafe"

func main() {
	buf := make([]byte, 512)
	C.fill(unsafe.Pointer(&buf[0]), 512)
	C.fill(unsafe.Pointer(unsafe.SliceData(buf)), 512)
}
