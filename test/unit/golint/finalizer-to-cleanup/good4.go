package main

/*
#include <stdlib.h>
static void *thing_new(void) { return malloc(64); }
static void thing_free(void *p) { free(p); }
*/
import "C"

import (
	"log"
	"runtime"
	"unsafe"
)

type thing struct {
	p    unsafe.Pointer
	name string
	done chan<- string
}

// It does more than to free.
func newThing(name string) *thing {
	t := &thing{p: C.thing_new(), name: name}
	runtime.SetFinalizer(t, func(t *thing) {
		log.Printf("%s was not closed", t.name)
		C.thing_free(t.p)
	})
	return t
}

func main() {
	runtime.KeepAlive(newThing("a"))
}
