// Sorts the tensors of a model into blocks with the name parser of a C library.
package main

// #cgo CFLAGS: -fstack-protector-all -U_FORTIFY_SOURCE
// #include <stdlib.h>
// #include "names.h"
import "C"

import (
	"fmt"
	"unsafe"
)

// blockOf returns the block of a tensor.
func blockOf(name string) int {
	text := C.CString(name)
	defer C.free(unsafe.Pointer(text))
	return int(C.tensor_block(text))
}

func main() {
	for _, name := range []string{
		"blk.3.attn_q.weight",
		"blk.7.ffn_gate_exps_shared_expert_projection.weight",
	} {
		fmt.Println(name, "in block", blockOf(name))
	}
}
