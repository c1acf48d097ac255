package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import (
	"unsafe"
)

func each(lines []string) {
	for _, line := range lines {
		cs := C.CString(line)
		if line == "" {
			C.free(unsafe.Pointer(cs))
			continue
		}
		println(int(C.strlen(cs)))
		C.free(unsafe.Pointer(cs))
	}
}

func main() { each([]string{"", "x"}) }
