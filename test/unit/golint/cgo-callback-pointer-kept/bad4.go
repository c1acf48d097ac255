// Fails: run: C reads 0 instead of 9
package main

/*
#include <stdint.h>
static uintptr_t user;
static void add_progress_callback(uintptr_t data) { user = data; }
static int percent(void) { return *(int *)user; }
*/
import "C"

import (
	"fmt"
	"runtime"
	"unsafe"
)

type progress struct {
	percent int32
	_       [1 << 18]byte
}

func setUp() {
	p := &progress{percent: 9}
	C.add_progress_callback(C.uintptr_t(uintptr(unsafe.Pointer(p)))) // want cgo-callback-pointer-kept
}

func main() {
	setUp()
	var kept []*progress
	for range 200 {
		runtime.GC()
		kept = append(kept, new(progress))
	}
	fmt.Printf("C reads %d instead of 9\n", C.percent())
	runtime.KeepAlive(kept)
}
