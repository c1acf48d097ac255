// Decodes a prompt: hands a batch of token ids to a C runtime.
package main

// #include "batch.h"
import "C"

import "fmt"

// decode returns the next token.
func decode(tokens []int32) int32 {
	b := &C.batch{n: C.int(len(tokens)), tokens: (*C.int)(&tokens[0])}
	return int32(C.batch_decode(b))
}

func main() {
	fmt.Println("next token", decode([]int32{15043, 29892, 3186}))
}
