// Fails: asan: heap-use-after-free
// The batch is freed by the library's own function, in the first of two rounds.
package main

/*
#include <stdlib.h>
typedef struct { int n; int tokens[64]; } batch;
static batch *batch_init(int n) { batch *b = calloc(1, sizeof(batch)); if (b) b->n = n; return b; }
static void batch_free(batch *b) { free(b); }
static int decode(batch *b) { return b->n; }
*/
import "C"

func main() {
	b := C.batch_init(4)
	if b == nil {
		return
	}
	C.batch_free(b)
	println(C.decode(b)) // want cgo-use-after-free
}
