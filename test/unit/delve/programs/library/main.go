// Command library calls into a library of C that it is given by its path.
package main

/*
#cgo LDFLAGS: -ldl
#include <dlfcn.h>
#include <stdlib.h>

static int call(const char *path, int token) {
	int (*encode)(int) = (int (*)(int))dlsym(dlopen(path, RTLD_NOW), "vocab_encode");
	return encode(token);
}
*/
import "C"
import (
	"os"
	"unsafe"
)

func encode(path string, token int) int {
	name := C.CString(path)
	defer C.free(unsafe.Pointer(name))
	return int(C.call(name, C.int(token)))
}

func main() {
	println(encode(os.Args[1], len(os.Args)))
}
