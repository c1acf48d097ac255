package main

/*
#include <stdlib.h>
#include <string.h>
typedef struct { int n_vocab; char name[8]; } model;
static model *model_open(const char *path) {
	if (strcmp(path, "here") != 0) return NULL;
	return calloc(1, sizeof(model));
}
static const char *model_name(model *m) { if (!m) return NULL; return m->name; }
static model *model_new(void) { model *m = calloc(1, sizeof(model)); if (m == NULL) { return NULL; } m->n_vocab = 1; return m; }
static int model_size(model *m) { return m->n_vocab; }
static void model_free(model *m) { free(m); }
*/
import "C"

import "unsafe"

func vocabulary(path string) int {
	name := C.CString(path)
	defer C.free(unsafe.Pointer(name))
	if m := C.model_open(name); m != nil {
		defer C.model_free(m)
		return int(C.model_size(m))
	}
	return 0
}

func named() string {
	m := C.model_new()
	defer C.model_free(m)
	return C.GoString(C.model_name(m))
}

func main() { println(vocabulary("nowhere"), named()) }
