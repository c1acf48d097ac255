// Fails: run: SIGSEGV
package main

/*
#include <stdio.h>
static FILE *open_log(const char *path) { return fopen(path, "a"); }
static void put(FILE *f) { fputs("x", f); }
static const char *path(void) { return "/nonexistent/log"; }
*/
import "C"

func main() {
	C.put(C.open_log(C.path())) // want cgo-unchecked-null
}
