// Fails: run: held 64 MB after a collection
package main

/*
#include <stdlib.h>

typedef struct grammar { int rules; } grammar;
static grammar *grammar_new(void) { return calloc(1, sizeof(grammar)); }
static void grammar_free(grammar *g) { free(g); }
*/
import "C"

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
)

type Grammar struct {
	mu    sync.Mutex
	rules *C.grammar
	text  []byte
}

func NewGrammar() *Grammar {
	g := &Grammar{rules: C.grammar_new(), text: make([]byte, 64<<20)}
	runtime.SetFinalizer(g, func(g *Grammar) { g.Free() }) // want finalizer-to-cleanup
	return g
}

func (g *Grammar) Free() {
	C.grammar_free(g.rules)
	g.rules = nil
	runtime.SetFinalizer(g, nil)
}

func main() {
	debug.SetGCPercent(-1)
	NewGrammar().Free()
	runtime.KeepAlive(NewGrammar())
	runtime.GC()
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	if now.HeapAlloc > 60<<20 {
		fmt.Printf("held %d MB after a collection\n", now.HeapAlloc>>20)
		os.Exit(1)
	}
}
