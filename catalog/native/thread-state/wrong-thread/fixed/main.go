// Decodes for several requests on a device whose context is current on one thread.
package main

// #include "device.h"
import "C"

import (
	"fmt"
	"runtime"
	"sync"
)

type Engine struct {
	device int
	jobs   chan job
}

type job struct {
	token int
	next  chan int
}

func newEngine(device int) *Engine {
	e := &Engine{device: device, jobs: make(chan job)}
	go e.run()
	return e
}

// run owns the device: it stays on one thread, and on that one the context is current.
func (e *Engine) run() {
	runtime.LockOSThread()
	C.dev_make_current(C.int(e.device))
	for j := range e.jobs {
		j.next <- e.decodeHere(j.token)
	}
}

// decodeHere returns the token that follows. Only run calls it.
func (e *Engine) decodeHere(token int) int {
	var next C.int
	if status := C.dev_decode(C.int(token), &next); status != C.DEV_OK {
		panic(fmt.Errorf("decode on device %d: %s", e.device, C.GoString(C.dev_error(status))))
	}
	return int(next)
}

// decode returns the token that follows.
func (e *Engine) decode(token int) int {
	next := make(chan int, 1)
	e.jobs <- job{token, next}
	return <-next
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
