package main

/*
struct params { void *user; int n; };
static struct params defaults(void) { struct params p = {0, 1}; return p; }
static int run(struct params p) { return *(int *)p.user; }
*/
import "C"

import "unsafe"

// A struct that C returns by value lies in Go memory.
func main() {
	seed := new(int32)
	p := C.defaults()
	p.user = unsafe.Pointer(seed)
	C.run(p)
}
