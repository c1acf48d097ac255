// Fails: run: panic: runtime/cgo: misuse of an invalid Handle
package main

/*
#include <stdint.h>
static void *user;
static void register_log_handler(void *data) { user = data; }
static uintptr_t last(void) { return *(uintptr_t *)user; }
*/
import "C"

import (
	"fmt"
	"runtime"
	"runtime/cgo"
	"unsafe"
)

type logger struct {
	handle cgo.Handle
	lines  [1 << 18]byte
}

func setUp() {
	l := &logger{handle: cgo.NewHandle("log")}
	C.register_log_handler(unsafe.Pointer(l)) // want cgo-callback-pointer-kept
}

func main() {
	setUp()
	var kept []*logger
	for range 200 {
		runtime.GC()
		kept = append(kept, new(logger))
	}
	fmt.Println(cgo.Handle(C.last()).Value())
	runtime.KeepAlive(kept)
}
