// Fails: asan: heap-buffer-overflow
package main

/*
#include <stdlib.h>
#include <string.h>
static char *copy(const char *p, int n, unsigned char limit) {
	char *q = malloc(limit);
	memcpy(q, p, n);
	return q;
}
*/
import "C"

import (
	"os"
	"unsafe"
)

func label(text []byte) {
	if len(text) == 0 {
		return
	}
	p := C.copy((*C.char)(unsafe.Pointer(&text[0])), 300, C.uchar(len(text))) // want cgo-int-narrowing
	C.free(unsafe.Pointer(p))
}

func main() {
	label(make([]byte, 300))
	os.Exit(0)
}
