// Fails: mallinfo2().uordblks grows by 4096 bytes with each call.
package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import (
	"unsafe"
)

func sum(n int) int {
	buf := (*C.int)(C.malloc(4096)) // want cgo-memory-leak
	if buf == nil {
		return 0
	}
	C.memset(unsafe.Pointer(buf), 0, 4096)
	total := n
	for _, v := range unsafe.Slice(buf, 16) {
		total += int(v)
	}
	return total
}

func main() {
	for i := range 1000 {
		sum(i)
	}
}
