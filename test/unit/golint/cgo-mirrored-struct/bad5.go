// Fails: run: SIGSEGV|unexpected fault address
package main

/*
struct text { const char *p; };
struct request { struct text prompt; int max; };
static int max_of(struct request *r) { return r->prompt.p[0] + r->max; }
*/
import "C"

import (
	"fmt"
	"unsafe"
)

type request struct {
	Max    int64
	Prompt *byte
}

func maxOf(r *request) int {
	return int(C.max_of((*C.struct_request)(unsafe.Pointer(r)))) // want cgo-mirrored-struct
}

type short struct {
	Max    int32
	Prompt *byte
}

func main() {
	fmt.Println(maxOf(&request{Max: 4096}))
	s := short{Max: 1}
	C.max_of((*C.struct_request)(unsafe.Pointer(&s))) // want cgo-mirrored-struct
}
