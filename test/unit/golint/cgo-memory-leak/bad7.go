// Fails: asan: LeakSanitizer: detected memory leaks
package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import "strings"

// It looks at the text, and frees nothing.
func length(text *C.char) int { return int(C.strlen(text)) }

func twice(text *C.char) int { return 2 * length(text) }

func main() {
	for range 64 {
		count(strings.Repeat("x", 1<<20))
	}
}

func count(s string) {
	text := C.CString(s) // want cgo-memory-leak
	println(twice(text))
	println(length(C.CString(s))) // want cgo-memory-leak
}
