// Fails: run: panic: 0 of 1000 were freed
package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

var freed atomic.Int32

type model struct{ handle [1000]int }

func newModel() *model {
	m := new(model)
	runtime.SetFinalizer(m, func(*model) {
		freed.Add(1)
		m.handle[0] = 0 // want finalizer-captures-object
	})
	return m
}

func main() {
	for range 1000 {
		newModel()
	}
	for range 20 {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	if n := freed.Load(); n < 900 {
		panic(fmt.Sprint(n, " of 1000 were freed"))
	}
}
