package main

/*
#include <stdlib.h>
#include <string.h>

static void take(size_t bytes) {
	char *memory = malloc(bytes);
	memset(memory, 1, bytes);
	// Kept, so that the compiler cannot leave it out.
	static char *volatile taken;
	taken = memory;
}
*/
import "C"

// takeNative allocates MiB of C memory, which the collector does not see.
func takeNative(mebibytes int) {
	C.take(C.size_t(mebibytes) << 20)
}
