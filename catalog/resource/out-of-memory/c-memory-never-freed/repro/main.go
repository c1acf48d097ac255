// Copies prompts into C memory for a native tokenizer.
package main

// #include <stdlib.h>
// #include <string.h>
import "C"

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

// count hands a copy of the prompt to C.
func count(prompt string) int {
	text := C.CString(prompt)
	return int(C.strlen(text))
}

func main() {
	if err := limitMemory(512 << 20); err != nil {
		fmt.Println("limit:", err)
		return
	}
	prompt := strings.Repeat("token ", 1<<20)
	bytes := 0
	for range 120 {
		bytes += count(prompt)
	}
	fmt.Println("bytes", bytes)
}
