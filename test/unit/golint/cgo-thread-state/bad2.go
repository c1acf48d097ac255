// Fails: run: [1-9]\d* kernels ran on another device
package main

/*
// What CUDA keeps per thread, in small.
static _Thread_local int device;
static int cudaSetDevice(int d) { device = d; return 0; }
static int cudaLaunch(void) { return device; }
*/
import "C"

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

func launch(device int) int {
	C.cudaSetDevice(C.int(device)) // want cgo-thread-state
	runtime.Gosched()
	return int(C.cudaLaunch())
}

func main() {
	var wrong atomic.Int64
	var wait sync.WaitGroup
	for device := range 64 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for range 500 {
				if launch(device) != device {
					wrong.Add(1)
				}
			}
		}()
	}
	wait.Wait()
	fmt.Printf("%d kernels ran on another device\n", wrong.Load())
}
