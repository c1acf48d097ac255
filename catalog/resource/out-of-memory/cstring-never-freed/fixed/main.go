// Counts the tokens of prompts with a C tokenizer, and measures where the memory goes.
package main

// #include <stdlib.h>
// #include <string.h>
import "C"

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"unsafe"
)

// countTokens returns the number of tokens of a prompt.
func countTokens(prompt string) int {
	text := C.CString(prompt)
	defer C.free(unsafe.Pointer(text))
	return int(C.strlen(text)) / 4
}

// resident returns the process's memory in bytes, as top shows it.
func resident() int {
	statm, _ := os.ReadFile("/proc/self/statm")
	fields := strings.Fields(string(statm) + " 0 0")
	pages, _ := strconv.Atoi(fields[1])
	return pages * os.Getpagesize()
}

// goHeap returns what the Go heap takes after a collection.
func goHeap() int {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int(stats.HeapAlloc)
}

func main() {
	prompt := strings.Repeat("word ", 3200)
	residentBefore, heapBefore := resident(), goHeap()
	tokens := 0
	for range 2000 {
		tokens += countTokens(prompt)
	}
	grown := resident() - residentBefore
	fmt.Println("tokens", tokens)
	fmt.Println("memory grows outside of Go:", grown > 16<<20 && goHeap()-heapBefore < 1<<20)
}
