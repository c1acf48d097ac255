// Fails: run: C reads 0.0 instead of 0.7
package main

/*
struct params { int threads; float temperature; };
static float temperature(struct params *p) { return p->temperature; }
*/
import "C"

import (
	"fmt"
	"unsafe"
)

type Params struct {
	Threads     int
	Temperature float32
}

func main() {
	p := Params{Threads: 4, Temperature: 0.7}
	fmt.Printf("C reads %.1f instead of 0.7\n", C.temperature((*C.struct_params)(unsafe.Pointer(&p)))) // want cgo-mirrored-struct
}
