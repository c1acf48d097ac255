// A server that lost some goroutines and asks which (Go 1.27).
package main

import (
	"os"
	"runtime/pprof"
	"time"
)

//go:noinline
func lose() {
	replies := make(chan int)
	go func() {
		replies <- 1 // @lost
	}()
}

func main() {
	for range 2 {
		lose()
	}
	time.Sleep(10 * time.Millisecond)
	pprof.Lookup("goroutineleak").WriteTo(os.Stdout, 2)
}
