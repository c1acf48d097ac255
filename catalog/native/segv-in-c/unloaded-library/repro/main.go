// Loads a math backend with dlopen, runs an activation through it and gives the backend back.
package main

// #cgo LDFLAGS: -ldl
// #include <stdlib.h>
// #include "backend.h"
import "C"

import (
	"fmt"
	"unsafe"
)

type Backend struct {
	c C.backend
}

func openBackend(library, symbol string) (*Backend, error) {
	lib, sym := C.CString(library), C.CString(symbol)
	defer C.free(unsafe.Pointer(lib))
	defer C.free(unsafe.Pointer(sym))
	b := &Backend{}
	if C.backend_open(&b.c, lib, sym) != 0 {
		return nil, fmt.Errorf("no backend in %s", library)
	}
	return b, nil
}

func (b *Backend) close() {
	C.backend_close(&b.c)
}

func (b *Backend) activate(row []float64) {
	for i, x := range row {
		row[i] = float64(C.backend_activate(&b.c, C.double(x)))
	}
}

func evalLayers(rows [][]float64) error {
	b, err := openBackend("libm.so.6", "tanh")
	if err != nil {
		return err
	}
	for _, row := range rows {
		b.activate(row)
		b.close()
	}
	return nil
}

func main() {
	rows := [][]float64{{0, 0.5}, {-0.25, 1}}
	if err := evalLayers(rows); err != nil {
		fmt.Println("backend:", err)
		return
	}
	fmt.Printf("activations %.2f\n", rows)
}
