// Fails: run: lost [1-9]\d* errors
package main

/*
#cgo LDFLAGS: -ldl
#include <dlfcn.h>
#include <stdlib.h>
*/
import "C"

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"
)

func open(path string) (unsafe.Pointer, string) {
	name := C.CString(path)
	defer C.free(unsafe.Pointer(name))
	handle := C.dlopen(name, C.RTLD_NOW)
	if handle != nil {
		return handle, ""
	}
	runtime.Gosched()
	message := C.dlerror() // want cgo-thread-state
	return nil, C.GoString(message)
}

func main() {
	var lost atomic.Int64
	var wait sync.WaitGroup
	for range 64 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for range 500 {
				if _, message := open("/nonexistent.so"); message == "" {
					lost.Add(1)
				}
			}
		}()
	}
	wait.Wait()
	fmt.Printf("lost %d errors\n", lost.Load())
}
