package main

/*
#include <stdlib.h>
typedef struct { int n; } session;
static session *session_open(void) { return calloc(1, sizeof(session)); }
static session *session_grow(session *s) { return s; }
static int session_run(session *s) { return s->n; }
static void session_drop_cache(session *s) { s->n = 0; }
static void session_free(session *s) { free(s); }
*/
import "C"

// A flag says whether it was freed.
func flagged(ok bool) int {
	s := C.session_open()
	if s == nil {
		return 0
	}
	freed := false
	if !ok {
		C.session_free(s)
		freed = true
	}
	if !freed {
		n := int(C.session_run(s))
		C.session_free(s)
		return n
	}
	return 0
}

// After each release it is another one.
func again() int {
	s := C.session_open()
	if s == nil {
		return 0
	}
	C.session_free(s)
	if s = C.session_open(); s == nil {
		return 0
	}
	s = C.session_grow(s)
	C.session_drop_cache(s)
	n := int(C.session_run(s))
	C.session_free(s)
	return n
}

func main() { println(flagged(false), flagged(true), again()) }
