// Turns tokens into text with the pieces of a C vocabulary.
package main

// #include <stdlib.h>
// #include "text.h"
import "C"

import (
	"fmt"
	"strings"
	"unsafe"
)

// detokenize joins the pieces of all tokens.
func detokenize(tokens []int) string {
	var b strings.Builder
	for _, t := range tokens {
		piece := C.vocab_piece(C.int(t))
		b.WriteString(C.GoString(piece))
		C.free(unsafe.Pointer(piece))
	}
	return b.String()
}

func main() {
	fmt.Println(detokenize([]int{0, 1, 2, 3}))
}
