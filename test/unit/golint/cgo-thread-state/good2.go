package main

/*
#cgo LDFLAGS: -ldl
#include <dlfcn.h>
#include <stdlib.h>
static void *open_or(const char *path, char **message) {
	void *handle = dlopen(path, RTLD_NOW);
	if (!handle) *message = dlerror();
	return handle;
}
*/
import "C"

import "unsafe"

// Both in one call: one thread.
func main() {
	name := C.CString("/nonexistent.so")
	defer C.free(unsafe.Pointer(name))
	var message *C.char
	if C.open_or(name, &message) != nil || C.GoString(message) == "" {
		panic("no error")
	}
}
