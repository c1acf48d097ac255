// A server in good health that shows its goroutines. `healthy KIND`.
package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"sync"
	"time"
)

//go:noinline
func worker(jobs chan int, wg *sync.WaitGroup) {
	defer wg.Done()
	for range jobs { // @worker
	}
}

func main() {
	jobs := make(chan int)
	var wg sync.WaitGroup
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go worker(jobs, &wg)
	}
	time.Sleep(50 * time.Millisecond)
	switch os.Args[1] {
	case "debug-2":
		pprof.Lookup("goroutine").WriteTo(os.Stdout, 2)
	case "debug-1":
		pprof.Lookup("goroutine").WriteTo(os.Stdout, 1)
	case "all-stacks":
		buf := make([]byte, 1<<16)
		fmt.Printf("=== goroutines ===\n%s\n=== end ===\n", buf[:runtime.Stack(buf, true)])
	case "one-stack":
		buf := make([]byte, 1<<16)
		fmt.Printf("slow request, stack: %s\n", buf[:runtime.Stack(buf, false)])
	}
	close(jobs)
	wg.Wait()
}
