// C code asserts and calls abort.
package main

/*
#include <stdio.h>
#include <stdlib.h>

static void decode(int n) {
	if (n <= 0) {
		fprintf(stderr, "kv.c:41: GGML_ASSERT(n > 0) failed\n");
		abort();
	}
}
*/
import "C"

func generate(tokens int) {
	C.decode(C.int(tokens))
}

func main() {
	generate(0)
}
