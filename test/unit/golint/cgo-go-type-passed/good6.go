package main

/*
#include <stddef.h>
static size_t length(_GoString_ *s) { return _GoStringLen(*s); }
*/
import "C"

// C that takes Go's own string; a text on the heap would have to be pinned.
func main() {
	s := "text"
	C.length(&s)
}
