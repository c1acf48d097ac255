// Fails: run: [1-9]\d* multiplications with another number of threads
package main

/*
// What OpenBLAS keeps per thread, in small.
static _Thread_local int threads = 8;
static int openblas_set_num_threads_local(int n) { int old = threads; threads = n; return old; }
static int cblas_sgemm(void) { return threads; }
*/
import "C"

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

var wrong atomic.Int64

func multiply(wait *sync.WaitGroup, threads int) {
	defer wait.Done()
	for range 500 {
		C.openblas_set_num_threads_local(C.int(threads)) // want cgo-thread-state
		runtime.Gosched()
		if int(C.cblas_sgemm()) != threads {
			wrong.Add(1)
		}
	}
}

func main() {
	var wait sync.WaitGroup
	for threads := range 64 {
		wait.Add(1)
		go multiply(&wait, threads)
	}
	wait.Wait()
	fmt.Printf("%d multiplications with another number of threads\n", wrong.Load())
}
