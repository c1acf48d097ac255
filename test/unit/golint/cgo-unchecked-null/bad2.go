// Fails: run: SIGSEGV
package main

/*
#include <stdlib.h>
struct llama_model { int layers; };
struct llama_context { int layers; };
static struct llama_model *llama_model_load_from_file(const char *path) {
	return path[0] == '/' ? NULL : calloc(1, sizeof(struct llama_model));
}
static int llama_model_n_layer(const struct llama_model *m) { return m->layers; }
*/
import "C"

import (
	"fmt"
	"unsafe"
)

func layers(path string) int {
	name := C.CString(path)
	defer C.free(unsafe.Pointer(name))
	model := C.llama_model_load_from_file(name) // want cgo-unchecked-null
	return int(C.llama_model_n_layer(model))
}

func main() {
	fmt.Println(layers("/nonexistent/model.gguf"))
}
