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

func first(path string) (int, error) {
	name, mode := C.CString(path), C.CString("rb")
	defer C.free(unsafe.Pointer(name))
	defer C.free(unsafe.Pointer(mode))
	f := C.fopen(name, mode)
	if f == nil {
		return 0, fmt.Errorf("open %s", path)
	}
	defer C.fclose(f)
	return int(C.fgetc(f)), nil
}

func main() {
	if _, err := first("/nonexistent"); err == nil {
		panic("opened")
	}
}
