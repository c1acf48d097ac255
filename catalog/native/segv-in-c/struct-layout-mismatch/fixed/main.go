// Asks a C engine how much memory a configuration takes, through a Go struct written after its header.
package main

// #include <stdlib.h>
// #include "engine.h"
import "C"

import (
	"fmt"
	"unsafe"
)

// engineParams mirrors engine_params of engine.h.
type engineParams struct {
	nCtx     int32
	nBatch   int32
	loraPath *C.char
	nThreads int32
}

// The build stops when the header changes size.
var _ = [1]struct{}{}[unsafe.Sizeof(engineParams{})-unsafe.Sizeof(C.engine_params{})]

// memoryFor returns the bytes the engine will take.
func memoryFor(nCtx, nBatch, nThreads int) int64 {
	path := C.CString("")
	defer C.free(unsafe.Pointer(path))
	p := engineParams{nCtx: int32(nCtx), nBatch: int32(nBatch), loraPath: path, nThreads: int32(nThreads)}
	return int64(C.engine_memory((*C.engine_params)(unsafe.Pointer(&p))))
}

func main() {
	fmt.Println("bytes", memoryFor(4096, 8192, 4))
}
