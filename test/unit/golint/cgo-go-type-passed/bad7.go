// Fails: run: unexpected fault address
package main

// static void fill(float *p) { p[0] = 1; }
import "C"

import (
	"fmt"
	"unsafe"
)

type tensor struct {
	data []float32
}

func (t *tensor) fill() {
	C.fill((*C.float)(unsafe.Pointer(&t.data))) // want cgo-go-type-passed
}

func main() {
	t := &tensor{data: make([]float32, 4)}
	t.fill()
	fmt.Println(t.data[0])
}
