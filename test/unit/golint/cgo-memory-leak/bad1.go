// Fails: resident memory grows by 1 MiB with each call; LeakSanitizer (-asan) counts 64 leaks.
package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import (
	"strings"
)

func length(s string) int {
	cs := C.CString(s) // want cgo-memory-leak
	return int(C.strlen(cs))
}

func main() {
	for range 64 {
		println(length(strings.Repeat("x", 1<<20)))
	}
}
