package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import (
	"unsafe"
)

func each(lines []string) int {
	total := 0
	for _, line := range lines {
		cs := C.CString(line)
		total += int(C.strlen(cs))
		C.free(unsafe.Pointer(cs))
	}
	return total
}

func main() { println(each([]string{"a", "b"})) }
