// Fails: AddressSanitizer, heap-use-after-free when there is a second round.
package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import (
	"unsafe"
)

func repeat(s string, n int) int {
	cs := C.CString(s) // want cgo-memory-leak
	total := 0
	for range n {
		total += int(C.strlen(cs)) // want cgo-use-after-free
		C.free(unsafe.Pointer(cs)) // want cgo-double-free
	}
	return total
}

func main() { println(repeat("abc", 2)) }
