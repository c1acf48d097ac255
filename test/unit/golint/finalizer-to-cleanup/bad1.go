// Fails: run: held 64 MB after a collection
package main

/*
#include <stdlib.h>

typedef struct model { int layers; } model;
static model *model_new(void) { return calloc(1, sizeof(model)); }
static void model_free(model *m) { free(m); }
*/
import "C"

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
)

// The finalizer is handed the object, and all it refers to stays for that.
type Model struct {
	handle  *C.model
	weights []float32
}

func NewModel() *Model {
	m := &Model{handle: C.model_new(), weights: make([]float32, 16<<20)}
	runtime.SetFinalizer(m, func(m *Model) { C.model_free(m.handle) }) // want finalizer-to-cleanup
	return m
}

func main() {
	debug.SetGCPercent(-1)
	runtime.KeepAlive(NewModel())
	runtime.GC()
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	if now.HeapAlloc > 60<<20 {
		fmt.Printf("held %d MB after a collection\n", now.HeapAlloc>>20)
		os.Exit(1)
	}
}
