// Fails: run: C reads 0 instead of 5
package main

/*
struct engine { int *scratch; };
static struct engine engine;
static void use_buffer(struct engine *e, int *p) { e->scratch = p; }
static int first(struct engine *e) { return e->scratch[0]; }
static struct engine *get(void) { return &engine; }
*/
import "C"

import (
	"fmt"
	"runtime"
	"unsafe"
)

func setUp() {
	scratch := make([]int32, 1<<16)
	scratch[0] = 5
	C.use_buffer(C.get(), (*C.int)(unsafe.Pointer(&scratch[0]))) // want cgo-callback-pointer-kept
}

func main() {
	setUp()
	var kept [][]int32
	for range 200 {
		runtime.GC()
		kept = append(kept, make([]int32, 1<<16))
	}
	fmt.Printf("C reads %d instead of 5\n", C.first(C.get()))
	runtime.KeepAlive(kept)
}
