// Fails: LeakSanitizer counts one leak for each line that is measured.
package main

/*
#include <string.h>
*/
import "C"

func main() {
	for _, line := range []string{"a", "bb", "ccc"} {
		n := C.strlen(C.CString(line)) // want cgo-memory-leak
		println(int(n))
	}
}
