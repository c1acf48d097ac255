// Fails: run: C reads 0 instead of 7
package main

/*
#include <stdlib.h>
struct request { int n; int *data; };
static int first(struct request *r) { return r->data[0]; }
*/
import "C"

import (
	"fmt"
	"runtime"
	"unsafe"
)

func prepare(req *C.struct_request) {
	own := (*C.struct_request)(C.malloc(C.sizeof_struct_request))
	defer C.free(unsafe.Pointer(own))
	vector := make([]int32, 1<<16)
	vector[0] = 7
	own.data = (*C.int)(unsafe.Pointer(&vector[0])) // want cgo-go-pointer-in-c-memory
	*req = *own
}

func main() {
	req := (*C.struct_request)(C.calloc(1, C.sizeof_struct_request))
	defer C.free(unsafe.Pointer(req))
	prepare(req)
	var kept [][]int32
	for range 200 {
		runtime.GC()
		kept = append(kept, make([]int32, 1<<16))
	}
	fmt.Printf("C reads %d instead of 7\n", C.first(req))
	runtime.KeepAlive(kept)
}
