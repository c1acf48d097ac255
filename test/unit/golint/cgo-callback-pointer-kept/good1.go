package main

/*
#include <stdint.h>
static uintptr_t user;
static void set_token_callback(uintptr_t data) { user = data; }
*/
import "C"

import "runtime/cgo"

func main() {
	h := cgo.NewHandle(new(int))
	defer h.Delete()
	C.set_token_callback(C.uintptr_t(h))
}
