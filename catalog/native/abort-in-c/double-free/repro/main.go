// Reads an adapter file into C memory, checks it and closes it on the way out.
package main

// #include "blob.h"
import "C"

import (
	"errors"
	"fmt"
)

type Adapter struct {
	blob *C.blob
}

func openAdapter(size int) *Adapter {
	return &Adapter{blob: C.blob_read(C.size_t(size))}
}

// Close gives the C memory back.
func (a *Adapter) Close() {
	C.blob_free(a.blob)
}

func (a *Adapter) check() error {
	if C.blob_magic(a.blob) != 'A' {
		a.Close()
		return errors.New("adapter has no magic byte")
	}
	return nil
}

func loadAdapter(size int) error {
	a := openAdapter(size)
	defer a.Close()
	return a.check()
}

func main() {
	fmt.Println("load:", loadAdapter(256))
}
