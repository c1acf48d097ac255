// Fails: run: C reads 0 instead of 5
package main

/*
#include <stdlib.h>
static int read(void *cell) { return **(int **)cell; }
*/
import "C"

import (
	"fmt"
	"runtime"
	"unsafe"
)

type big struct {
	value int32
	_     [1 << 18]byte
}

func main() {
	cell := C.calloc(1, 8)
	defer C.free(cell)
	slot := (*unsafe.Pointer)(cell)
	*slot = unsafe.Pointer(&big{value: 5}) // want cgo-go-pointer-in-c-memory
	var kept []*big
	for range 200 {
		runtime.GC()
		kept = append(kept, new(big))
	}
	fmt.Printf("C reads %d instead of 5\n", C.read(cell))
	runtime.KeepAlive(kept)
}
