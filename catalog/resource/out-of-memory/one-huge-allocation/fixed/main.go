// Sizes a key-value cache from the context length a request asks for.
package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
)

const (
	layers     = 32
	width      = 1024
	maxContext = 32768
)

var errContext = errors.New("num_ctx is larger than the model's context")

// limitMemory leaves the process room for the given bytes more, as `ulimit -v` or a small machine does.
func limitMemory(room uint64) error {
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

type Request struct {
	numCtx int
}

// newCache makes room for keys and values of the whole context.
func newCache(r Request) ([]uint16, error) {
	if r.numCtx > maxContext {
		return nil, errContext
	}
	return make([]uint16, 2*layers*width*r.numCtx), nil
}

func main() {
	if err := limitMemory(1 << 30); err != nil {
		fmt.Println("limit:", err)
		return
	}
	for _, numCtx := range []int{512, 1 << 20} {
		cache, err := newCache(Request{numCtx: numCtx})
		fmt.Println("cache of", len(cache), err)
	}
}
