// Streams tokens to clients that hang up after the first one.
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
)

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

// generate sends tokens until it has none left; done ends it early.
func generate(out chan<- int, done <-chan struct{}) {
	buf := make([]byte, 256<<10)
	for token := range 16 {
		buf[token] = byte(token)
		out <- token
	}
	close(out)
}

// serve reads one token and leaves, as a client that closes its connection.
func serve() int {
	out := make(chan int)
	done := make(chan struct{})
	defer close(done)
	go generate(out, done)
	return <-out
}

func main() {
	if err := limitMemory(384 << 20); err != nil {
		fmt.Println("limit:", err)
		return
	}
	tokens := 0
	for range 3000 {
		tokens += 1 + serve()
	}
	fmt.Println("tokens read", tokens)
}
