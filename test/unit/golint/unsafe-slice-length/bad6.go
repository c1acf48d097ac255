// Fails: run: panic: runtime error: gobytes: length out of range
package main

/*
static char *buffer(void) { static char bytes[4]; return bytes; }
static int receive(int ok) { return ok ? 4 : -1; }
*/
import "C"

import "unsafe"

func message(ok C.int) []byte {
	n := C.receive(ok)
	return C.GoBytes(unsafe.Pointer(C.buffer()), n) // want unsafe-slice-length
}

func main() {
	println(len(message(1)))
	println(len(message(0)))
}
