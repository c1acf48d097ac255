package main

/*
#include <stddef.h>
typedef struct { const char *p; ptrdiff_t n; } GoText;
static int length(GoText *t) { return (int)t->n; }
*/
import "C"

import "unsafe"

// C that knows Go's header is given it.
func main() {
	name := "constant"
	C.length((*C.GoText)(unsafe.Pointer(&[1]C.GoText{{n: C.ptrdiff_t(len(name))}})))
}
