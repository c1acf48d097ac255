// Packs weights into four bits with a C kernel that writes into malloc'ed memory.
package main

// #include <stdlib.h>
// #include "quant.h"
import "C"

import (
	"fmt"
	"unsafe"
)

// packedSize is the number of bytes for n weights of four bits.
func packedSize(n int) int {
	return n / 4
}

func quantize(weights []float32) byte {
	out := (*C.uchar)(C.malloc(C.size_t(packedSize(len(weights)))))
	defer C.free(unsafe.Pointer(out))
	C.quant_rows((*C.float)(&weights[0]), C.int(len(weights)), out)
	packed := unsafe.Slice((*byte)(out), packedSize(len(weights)))
	return packed[len(packed)-1]
}

func main() {
	layer := make([]float32, 8192)
	for i := range layer {
		layer[i] = float32(i%16-8) / 8
	}
	fmt.Println("last byte", quantize(layer))
}
