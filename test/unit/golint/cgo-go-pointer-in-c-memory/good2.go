package main

/*
#include <stdlib.h>
struct request { int n; int *data; };
*/
import "C"

import "unsafe"

func main() {
	vector := make([]int32, 16)
	req := (*C.struct_request)(C.malloc(C.sizeof_struct_request))
	defer C.free(unsafe.Pointer(req))
	req.n = C.int(len(vector))
	req.data = (*C.int)(C.malloc(64))
	defer C.free(unsafe.Pointer(req.data))
	copy(unsafe.Slice((*int32)(unsafe.Pointer(req.data)), len(vector)), vector)
}
