// Fails: run: Go reads 0 instead of 5
package main

/*
#include <stdbool.h>
#include <stdint.h>
struct result { bool done; uint8_t kind; int count; };
static struct { struct result r; int after; } last = { { true, 2, 5 }, 0 };
static struct result *get(void) { return &last.r; }
*/
import "C"

import (
	"fmt"
	"unsafe"
)

type Result struct {
	Done  bool
	Kind  uint32
	Count int32
}

func main() {
	r := (*Result)(unsafe.Pointer(C.get())) // want cgo-mirrored-struct
	fmt.Printf("Go reads %d instead of 5\n", r.Count)
}
