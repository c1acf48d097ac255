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
	"runtime"
	"unsafe"
)

func main() {
	tokens := make([]int32, 4)
	var pinner runtime.Pinner
	defer pinner.Unpin()
	pinner.Pin(&tokens[0])
	var batch C.struct_batch
	batch.count = C.int(len(tokens))
	batch.tokens = (*C.int)(unsafe.Pointer(&tokens[0]))
	C.sum(&batch)
}
