package main

/*
#include <stdlib.h>
struct request { int n; int *data; };
static int first(struct request *r) { return r->data[0]; }
*/
import "C"

import (
	"runtime"
	"unsafe"
)

func main() {
	vector := make([]int32, 16)
	req := (*C.struct_request)(C.malloc(C.sizeof_struct_request))
	defer C.free(unsafe.Pointer(req))
	var pinner runtime.Pinner
	defer pinner.Unpin()
	pinner.Pin(&vector[0])
	req.data = (*C.int)(unsafe.Pointer(&vector[0]))
	C.first(req)
}
