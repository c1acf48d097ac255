package main

/*
#cgo LDFLAGS: -ldl
#include <dlfcn.h>
#include <stdlib.h>
*/
import "C"

import (
	"runtime"
	"unsafe"
)

func open(path string) string {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	name := C.CString(path)
	defer C.free(unsafe.Pointer(name))
	if C.dlopen(name, C.RTLD_NOW) != nil {
		return ""
	}
	return C.GoString(C.dlerror())
}

func main() {
	if open("/nonexistent.so") == "" {
		panic("no error")
	}
}
