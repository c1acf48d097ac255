package main

/*
#include <stdlib.h>
struct parameters { const char *path; int layers; };
typedef struct { struct parameters p; } session;
static int load(struct parameters p) { return p.path[0] + p.layers; }
static session *session_new(struct parameters *p) { session *s = calloc(1, sizeof(session)); if (s) s->p = *p; return s; }
static int run(int argc, char **argv) { return argc; }
*/
import "C"

import "unsafe"

func load(path string) int {
	var p C.struct_parameters
	p.path = C.CString(path)
	defer C.free(unsafe.Pointer(p.path))
	return int(C.load(p))
}

// The session keeps the path.
func open(path string) *C.session {
	p := C.struct_parameters{path: C.CString(path)}
	return C.session_new(&p)
}

// Whoever gets the parameters frees them.
func parameters(path string) C.struct_parameters {
	var p C.struct_parameters
	p.path = C.CString(path)
	return p
}

func run(args []string) int {
	argv := make([]*C.char, 0, len(args))
	for _, arg := range args {
		argv = append(argv, C.CString(arg))
	}
	defer func() {
		for _, p := range argv {
			C.free(unsafe.Pointer(p))
		}
	}()
	return int(C.run(C.int(cap(argv)), unsafe.SliceData(argv)))
}

func freeAll(argv []*C.char) {
	for _, p := range argv {
		C.free(unsafe.Pointer(p))
	}
}

func runTwo(a, b string) int {
	argv := []*C.char{C.CString(a), C.CString(b)}
	defer freeAll(argv)
	return int(C.run(2, &argv[0]))
}

func main() {
	println(load("a"), open("a") != nil, parameters("a").layers, run([]string{"a"}), runTwo("a", "b"))
}
