package main

/*
#include <dlfcn.h>
#include <stdlib.h>
*/
import "C"

import "unsafe"

type library struct{ handle unsafe.Pointer }

func open(path *C.char) *library {
	handle := C.dlopen(path, C.RTLD_NOW)
	return &library{handle}
}

func (l *library) close() {
	if l.handle != nil {
		C.dlclose(l.handle)
	}
}

func main() {
	name := C.CString("/nonexistent.so")
	defer C.free(unsafe.Pointer(name))
	open(name).close()
}
