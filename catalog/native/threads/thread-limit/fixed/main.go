// Forwards every request to a C runtime that blocks until the device is free.
package main

/*
#include <unistd.h>

static int device_wait(int ms) { return usleep(ms * 1000); }
*/
import "C"

import (
	"fmt"
	"runtime/debug"
	"sync"
)

// inFlight bounds the calls that wait in C.
var inFlight = make(chan struct{}, 16)

// forward blocks one thread for as long as the device takes.
func forward() {
	inFlight <- struct{}{}
	defer func() { <-inFlight }()
	C.device_wait(100)
}

func main() {
	debug.SetMaxThreads(100) // the default is 10000
	var wg sync.WaitGroup
	for range 400 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			forward()
		}()
	}
	wg.Wait()
	fmt.Println("served 400 requests")
}
