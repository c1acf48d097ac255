package main

/*
#include <stdint.h>
static void keep(uintptr_t user) { (void)user; }
*/
import "C"

import "runtime/cgo"

func main() {
	seen := map[string]int{"a": 1}
	handle := cgo.NewHandle(seen)
	defer handle.Delete()
	C.keep(C.uintptr_t(handle))
}
