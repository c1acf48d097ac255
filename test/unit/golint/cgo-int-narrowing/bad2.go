// Fails: run: C is told -1294967296 bytes
package main

// static int told(const void *p, int bytes) { (void)p; return bytes; }
import "C"

import (
	"fmt"
	"unsafe"
)

func load(model []byte) int {
	if len(model) == 0 {
		return 0
	}
	return int(C.told(unsafe.Pointer(&model[0]), C.int(len(model)))) // want cgo-int-narrowing
}

func main() {
	fmt.Printf("C is told %d bytes\n", load(make([]byte, 3_000_000_000)))
}
