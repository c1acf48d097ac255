// Fails: run: SIGSEGV
package main

/*
#include <stdio.h>
#include <stdlib.h>
*/
import "C"

import (
	"fmt"
	"unsafe"
)

func first(path string) int {
	name, mode := C.CString(path), C.CString("rb")
	defer C.free(unsafe.Pointer(name))
	defer C.free(unsafe.Pointer(mode))
	f := C.fopen(name, mode) // want cgo-unchecked-null
	defer C.fclose(f)
	return int(C.fgetc(f))
}

func main() {
	fmt.Println(first("/nonexistent/model.gguf"))
}
