// Flushes usage records in the background and lets the workers outlive main.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

func flush(tenant string, tokens int) {
	time.Sleep(10 * time.Millisecond)
	fmt.Println("flushed", tenant, tokens)
}

func main() {
	usage := map[string]int{"acme": 1200, "globex": 340}
	var wg sync.WaitGroup
	for tenant, tokens := range usage {
		wg.Add(1)
		go func() {
			defer wg.Done()
			flush(tenant, tokens)
		}()
	}
	runtime.Goexit()
}
