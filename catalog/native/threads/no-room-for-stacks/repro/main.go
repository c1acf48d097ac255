// Starts request threads of a C runtime under the address space a container grants.
package main

/*
#include <unistd.h>

static int device_wait(int ms) { return usleep(ms * 1000); }
*/
import "C"

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

const workers = 256

// limitAddressSpace leaves the process room for the given bytes more, as `ulimit -v` does.
func limitAddressSpace(room uint64) error {
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return err
	}
	pages, err := strconv.ParseUint(strings.Fields(string(statm))[0], 10, 64)
	if err != nil {
		return err
	}
	limit := pages*uint64(os.Getpagesize()) + room
	return syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: limit, Max: limit})
}

// serveAll runs one blocking C call for each worker at the same time.
func serveAll() {
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			C.device_wait(200)
		}()
	}
	wg.Wait()
}

func main() {
	if err := limitAddressSpace(128 << 20); err != nil {
		fmt.Println("limit:", err)
		return
	}
	serveAll()
	fmt.Println("served")
}
