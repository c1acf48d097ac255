// Fails: LeakSanitizer counts a leak for each empty input: the early return skips the free.
package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import (
	"errors"
	"unsafe"
)

func first(s string) (byte, error) {
	cs := C.CString(s) // want cgo-memory-leak
	if C.strlen(cs) == 0 {
		return 0, errors.New("empty")
	}
	b := *(*byte)(unsafe.Pointer(cs))
	C.free(unsafe.Pointer(cs))
	return b, nil
}

func main() {
	for range 1000 {
		if _, err := first(""); err == nil {
			panic("no error")
		}
	}
}
