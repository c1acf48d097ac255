// Fails: run: panic: runtime error: .*cgo.* has Go pointer to unpinned Go pointer
package main

/*
struct batch { int count; int *tokens; };
static int sum(struct batch *b) {
	int s = 0;
	for (int i = 0; i < b->count; i++) s += b->tokens[i];
	return s;
}
*/
import "C"

import (
	"fmt"
	"unsafe"
)

func decode(n int) int {
	tokens := make([]int32, n+1)
	var batch C.struct_batch
	batch.count = C.int(len(tokens))
	batch.tokens = (*C.int)(unsafe.Pointer(&tokens[0]))
	return int(C.sum(&batch)) // want cgo-nested-go-pointer
}

func main() {
	fmt.Println(decode(4))
}
