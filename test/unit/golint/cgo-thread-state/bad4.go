// Fails: run: [1-9]\d* draws without a context
package main

/*
// What OpenGL keeps per thread, in small.
static _Thread_local void *current;
static void eglMakeCurrent(void *context) { current = context; }
static int glClear(void) { return current == 0; }
*/
import "C"

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"
)

var contexts [2]int32

func draw(at int) int {
	context := unsafe.Pointer(nil)
	if at > 0 {
		context = unsafe.Pointer(&contexts[1])
	}
	C.eglMakeCurrent(context) // want cgo-thread-state
	runtime.Gosched()
	return int(C.glClear())
}

func main() {
	var wrong atomic.Int64
	var wait sync.WaitGroup
	for at := range 64 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for range 500 {
				if draw(at%2) == 1 && at%2 == 1 {
					wrong.Add(1)
				}
			}
		}()
	}
	wait.Wait()
	fmt.Printf("%d draws without a context\n", wrong.Load())
}
