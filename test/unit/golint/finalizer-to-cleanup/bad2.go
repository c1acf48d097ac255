// Fails: run: SetFinalizer: pointer not at beginning of allocated block
package main

/*
#include <stdlib.h>

typedef struct session { int n; } session;
static session *session_new(void) { return calloc(1, sizeof(session)); }
static void session_free(session *s) { free(s); }
*/
import "C"

import (
	"fmt"
	"runtime"
)

type Session struct {
	c    *C.session
	name string
}

// destroySession gives the session back.
func destroySession(s *Session) {
	if s.c != nil {
		C.session_free(s.c)
	}
}

func batch(n int) []Session {
	sessions := make([]Session, n)
	for i := range sessions {
		s := &sessions[i]
		s.c = C.session_new()
		runtime.SetFinalizer(s, destroySession) // want finalizer-to-cleanup
	}
	return sessions
}

func main() {
	fmt.Println(len(batch(4)))
}
