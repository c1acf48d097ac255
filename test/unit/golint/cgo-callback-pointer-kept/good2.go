package main

/*
typedef int (*visit)(void *user);
static int count(void *user) { return ++*(int *)user; }
static int each(visit f, void *user) { return f(user) + f(user); }
static visit counter(void) { return count; }
*/
import "C"

import "unsafe"

// Called back only while the call lasts.
func main() {
	n := new(int32)
	C.each(C.counter(), unsafe.Pointer(n))
}
