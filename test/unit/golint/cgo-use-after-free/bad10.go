// Fails: asan: heap-use-after-free
// It is freed on the way out, before the caller gets it.
package main

/*
#include <stdlib.h>
typedef struct { int n; int rows[64]; } session;
static session *session_open(void) { return calloc(1, sizeof(session)); }
static int session_run(session *s) { return s->n; }
static void session_free(session *s) { free(s); }
*/
import "C"

func open() *C.session {
	s := C.session_open()
	defer C.session_free(s)
	if s == nil {
		return nil
	}
	return s // want cgo-use-after-free
}

func main() { println(C.session_run(open())) }
