// Fails: run: [1-9]\d* wrong errors
package main

/*
#include <errno.h>
#include <unistd.h>
static int last_error(void) { return errno; }
static int fail(int code) { errno = code; return -1; }
*/
import "C"

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

func call(code int) int {
	if C.fail(C.int(code)) == 0 {
		return 0
	}
	runtime.Gosched()
	return int(C.last_error()) // want cgo-thread-state
}

func main() {
	var wrong atomic.Int64
	var wait sync.WaitGroup
	for code := range 64 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for range 500 {
				if call(code) != code {
					wrong.Add(1)
				}
			}
		}()
	}
	wait.Wait()
	fmt.Printf("%d wrong errors\n", wrong.Load())
}
