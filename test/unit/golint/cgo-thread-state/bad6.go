// Fails: run: lost [1-9]\d* errors
// The library's last error is a variable that each thread has its own of.
package main

/*
static _Thread_local const char *last;
static int model_eval(int n) { last = n < 0 ? "negative" : 0; return n < 0 ? -1 : 0; }
static const char *model_last_error(void) { return last; }
*/
import "C"

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

func eval(n int32) error {
	if C.model_eval(C.int(n)) == 0 {
		return nil
	}
	runtime.Gosched()
	if message := C.model_last_error(); message != nil { // want cgo-thread-state
		return errors.New(C.GoString(message))
	}
	return errors.New("")
}

func main() {
	var lost atomic.Int64
	var wait sync.WaitGroup
	for n := range 64 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for range 500 {
				if err := eval(int32(n%2) - 1); err != nil && err.Error() == "" {
					lost.Add(1)
				}
			}
		}()
	}
	wait.Wait()
	fmt.Printf("lost %d errors\n", lost.Load())
}
