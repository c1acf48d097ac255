// Decodes for several requests on a device whose context is current on one thread.
package main

// #include "device.h"
import "C"

import (
	"fmt"
	"sync"
)

type Engine struct {
	device int
}

func newEngine(device int) *Engine {
	C.dev_make_current(C.int(device))
	return &Engine{device: device}
}

// decode returns the token that follows.
func (e *Engine) decode(token int) int {
	var next C.int
	if status := C.dev_decode(C.int(token), &next); status != C.DEV_OK {
		panic(fmt.Errorf("decode on device %d: %s", e.device, C.GoString(C.dev_error(status))))
	}
	return int(next)
}

func main() {
	e := newEngine(1)
	var requests sync.WaitGroup
	for i := range 8 {
		requests.Add(1)
		go func() {
			defer requests.Done()
			for token := range 10 {
				e.decode(100*i + token)
			}
		}()
	}
	requests.Wait()
	fmt.Println("all requests decoded")
}
