// Fails: run: panic: runtime error: .*cgo.* has Go pointer to unpinned Go pointer
package main

// static int read(void *request) { return **(int **)request; }
import "C"

import (
	"fmt"
	"unsafe"
)

type request struct {
	seed *int32
	n    int
}

func main() {
	seed := new(int32)
	r := &request{seed: seed}
	fmt.Println(C.read(unsafe.Pointer(r))) // want cgo-nested-go-pointer
}
