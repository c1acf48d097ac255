// Fails: run: panic: 0 of 1000 were freed
// The cleanup's argument is a method value, which holds the object.
package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

var freed atomic.Int32

type model struct{ handle [1000]int }

func (m *model) free() { freed.Add(1) }

func newModel() *model {
	m := &model{}
	runtime.AddCleanup(m, func(free func()) { free() }, m.free) // want finalizer-captures-object
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
