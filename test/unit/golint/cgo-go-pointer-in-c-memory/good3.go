package main

/*
#include <stdint.h>
#include <stdlib.h>
struct job { uintptr_t user; };
*/
import "C"

import (
	"runtime/cgo"
	"unsafe"
)

func main() {
	handle := cgo.NewHandle(new(int))
	defer handle.Delete()
	job := (*C.struct_job)(C.calloc(1, C.sizeof_struct_job))
	defer C.free(unsafe.Pointer(job))
	job.user = C.uintptr_t(handle)
}
