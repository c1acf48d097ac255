package main

/*
#include <stdlib.h>
static int set(const char *s) { return s != NULL; }
*/
import "C"

import "unsafe"

// Each round has a pointer of its own, which is nil at first.
func setAll(values []string) (n int) {
	for _, value := range values {
		var s *C.char
		if value != "" {
			s = C.CString(value)
		}
		n += int(C.set(s))
		if s != nil {
			C.free(unsafe.Pointer(s))
		}
	}
	return n
}

func main() { println(setAll([]string{"a", "", "b"})) }
