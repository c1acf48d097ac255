// Fails: asan: LeakSanitizer: detected memory leaks
// One leak for each line that is measured.
package main

/*
#include <string.h>
*/
import "C"

func main() {
	total := 0
	for range 100_000 {
		n := C.strlen(C.CString("line")) // want cgo-memory-leak
		total += int(n)
	}
	println(total)
}
