// Fails: run: held 64 MB after a collection
package main

/*
#include <stdlib.h>

static void *tensor_new(void) { return malloc(64); }
static void tensor_free(void *p) { free(p); }
*/
import "C"

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"unsafe"
)

type Tensor struct {
	data unsafe.Pointer
	host []byte
}

func NewTensor() *Tensor {
	t := new(Tensor)
	t.data = C.tensor_new()
	t.host = make([]byte, 64<<20)
	runtime.SetFinalizer(t, (*Tensor).Close) // want finalizer-to-cleanup
	return t
}

func (t *Tensor) Close() {
	if t.data == nil {
		return
	}
	C.tensor_free(t.data)
	t.data = nil
}

func main() {
	debug.SetGCPercent(-1)
	runtime.KeepAlive(NewTensor())
	runtime.GC()
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	if now.HeapAlloc > 60<<20 {
		fmt.Printf("held %d MB after a collection\n", now.HeapAlloc>>20)
		os.Exit(1)
	}
}
