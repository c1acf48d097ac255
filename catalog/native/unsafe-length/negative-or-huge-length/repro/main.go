// Copies the logits of the last token out of a C runtime.
package main

// #include "lib.h"
import "C"

import (
	"fmt"
	"unsafe"
)

// logits returns the scores of all tokens.
func logits(loaded C.int) ([]float32, error) {
	var out *C.float
	n := C.lib_logits(loaded, &out)
	row := unsafe.Slice((*float32)(out), n)
	return append([]float32(nil), row...), nil
}

func main() {
	for _, loaded := range []C.int{1, 0} {
		row, err := logits(loaded)
		fmt.Println(row, err)
	}
}
