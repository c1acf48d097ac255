// Fails: asan: LeakSanitizer: detected memory leaks
// The strings are in a slice, which goes with the function.
package main

/*
#include <stdlib.h>
static int run(int argc, char **argv) { return argc; }
*/
import "C"

import (
	"strings"
	"unsafe"
)

func run(args []string) int {
	argv := make([]*C.char, len(args)+1)
	for i, arg := range args {
		argv[i] = C.CString(arg) // want cgo-memory-leak
	}
	return int(C.run(C.int(len(args)), (**C.char)(unsafe.Pointer(&argv[0]))))
}

func main() {
	for range 64 {
		println(run([]string{strings.Repeat("x", 1<<20), "b"}))
	}
}
