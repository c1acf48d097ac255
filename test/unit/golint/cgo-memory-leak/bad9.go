// Fails: asan: LeakSanitizer: detected memory leaks
// The path is in the parameters, which C has read when it returns.
package main

/*
#include <stdlib.h>
struct parameters { const char *path; int layers; };
static int load(struct parameters p) { return p.path[0] + p.layers; }
static int check(struct parameters *p) { return p->path[0]; }
static int layers(struct parameters p) { return p.layers; }
*/
import "C"

import "strings"

func load(path string) int {
	var p C.struct_parameters
	p.path = C.CString(path) // want cgo-memory-leak
	p.layers = 1
	return int(C.load(p))
}

func check(path string) int {
	p := C.struct_parameters{path: C.CString(path)} // want cgo-memory-leak
	return int(C.check(&p))
}

func layers(path string) int {
	var p C.struct_parameters
	p.path = C.CString(path) // want cgo-memory-leak
	return int(C.layers(p))
}

func main() {
	for range 32 {
		println(load(strings.Repeat("x", 1<<20)), check(strings.Repeat("x", 1<<20)), layers("x"))
	}
}
