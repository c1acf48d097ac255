package main

/*
#include <stdint.h>
static int first(const char *p) { return p[0]; }
static int user(uintptr_t *p) { return p[0] != 0; }
*/
import "C"

import "unsafe"

type record struct {
	id   int32
	name *byte
}

// C gets bytes; the runtime does not look for pointers in them.
func main() {
	name := []byte("name")
	r := record{id: 1, name: &name[0]}
	C.first((*C.char)(unsafe.Pointer(&r)))
}
