// Fails: 386: unaligned 64-bit atomic operation
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type pool struct {
	mu    sync.Mutex
	name  string
	err   error
	slots []int
	used  uint64
}

var shared pool

func take() uint64 {
	for {
		old := atomic.LoadUint64(&shared.used) // want atomic-alignment
		if atomic.CompareAndSwapUint64(&shared.used, old, old+1) {
			return old
		}
	}
}

func main() {
	fmt.Println(take(), shared.name)
}
