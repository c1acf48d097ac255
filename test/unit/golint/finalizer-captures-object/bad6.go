// Fails: run: panic: 0 of 1000 were freed
package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

var freed atomic.Int32

type buffer struct{ data []byte }

func main() {
	for range 1000 {
		b := &buffer{data: make([]byte, 100)}
		runtime.SetFinalizer(b, func(x *buffer) {
			freed.Add(int32(len(b.data) / 100)) // want finalizer-captures-object
		})
	}
	for range 20 {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	if n := freed.Load(); n < 900 {
		panic(fmt.Sprint(n, " of 1000 were freed"))
	}
}
