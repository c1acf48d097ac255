// Runs a small C model whose layer norm takes the variance from the deviations, in a second pass.
package main

// #cgo LDFLAGS: -lm
// #include "engine.h"
import "C"

import (
	"fmt"
	"unsafe"
)

// decode runs one step and returns the token with the highest logit.
func decode(embedding []float32) int {
	stage := C.forward((*C.float)(&embedding[0]))
	if stage != nil {
		panic(fmt.Errorf("decode: %s gave NaN or Inf", C.GoString(stage)))
	}
	logits := unsafe.Slice((*float32)(&C.logits[0]), C.VOCAB)
	best := 0
	for token, logit := range logits {
		if logit > logits[best] {
			best = token
		}
	}
	return best
}

// embed gives a row: an offset that all dimensions share, and the little that tells its token.
func embed(offset float32) []float32 {
	row := make([]float32, C.WIDTH)
	for i := range row {
		row[i] = offset + 0.1*float32(i%3)
	}
	return row
}

func main() {
	fmt.Println("centred embedding: token", decode(embed(0)))
	fmt.Println("offset embedding: token", decode(embed(337.5)))
}
