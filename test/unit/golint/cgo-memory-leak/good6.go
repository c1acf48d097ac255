package main

/*
#include <stdlib.h>
typedef struct model model;
static void model_free(void *p) { free(p); }
static int queue_push_take(char *s) { free(s); return 0; }
*/
import "C"

import (
	"unsafe"
)

func run() {
	p := C.malloc(8)
	defer C.model_free(p)
	q := C.CString("job")
	C.queue_push_take(q)
	r := C.CString("late")
	defer func() {
		C.free(unsafe.Pointer(r))
	}()
}

func main() { run() }
