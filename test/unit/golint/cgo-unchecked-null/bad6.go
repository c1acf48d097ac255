// Fails: run: SIGSEGV
// The function of the preamble says itself that it returns NULL.
package main

/*
#include <stdlib.h>
#include <string.h>
typedef struct { int n_vocab; } model;
static model *model_open(const char *path) {
	if (strcmp(path, "here") != 0) return NULL;
	return calloc(1, sizeof(model));
}
static int model_size(model *m) { return m->n_vocab; }
static void model_free(model *m) { free(m); }
*/
import "C"

import "unsafe"

func vocabulary(path string) int {
	name := C.CString(path)
	defer C.free(unsafe.Pointer(name))
	m := C.model_open(name) // want cgo-unchecked-null
	defer C.model_free(m)
	return int(C.model_size(m))
}

func main() { println(vocabulary("nowhere")) }
