// Fails: run: panic: assignment to entry in nil map
package main

/*
#include <stdint.h>
extern void onDone(uintptr_t handle);
static inline void finish(uintptr_t handle) { onDone(handle); }
*/
import "C"

import "runtime/cgo"

// onDone hands the end over.
//
//export onDone
func onDone(handle C.uintptr_t) {
	done := cgo.Handle(handle).Value().(func())
	defer cgo.Handle(handle).Delete()
	done() // want cgo-callback-panic
}

func main() {
	var seen map[string]bool
	C.finish(C.uintptr_t(cgo.NewHandle(func() { seen["done"] = true })))
}
