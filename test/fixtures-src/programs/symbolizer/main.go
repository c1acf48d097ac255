// C frames with names: a symbolizer of our own, on dladdr, given to runtime.SetCgoTraceback.
package main

/*
#cgo CFLAGS: -g -O0 -fno-omit-frame-pointer -D_GNU_SOURCE
#cgo LDFLAGS: -ldl -rdynamic
#include "trace.h"
*/
import "C"

import (
	"os"
	"runtime"
	"unsafe"
)

func init() {
	runtime.SetCgoTraceback(0, unsafe.Pointer(C.trace_stack), nil, unsafe.Pointer(C.trace_symbol))
}

//go:noinline
func decode(kind string) {
	if kind == "abort" {
		C.ggml_compute(1) // @abort
	}
	C.ggml_compute(0) // @segv
}

func main() {
	decode(os.Args[1])
}
