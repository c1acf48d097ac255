package main

/*
#include <errno.h>
static int fail(int code) { errno = code; return -1; }
*/
import "C"

// cgo takes errno on the thread of the call.
func main() {
	if n, err := C.fail(2); n == 0 || err == nil {
		panic("no error")
	}
}
