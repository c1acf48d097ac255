// Fails: run: C reads 0 instead of 7
package main

/*
typedef void (*token_cb)(void *user);
static token_cb callback;
static void *user;
static void set_token_callback(token_cb cb, void *data) { callback = cb; user = data; }
static int read_user(void) { return *(int *)user; }
static void nothing(void *user) { (void)user; }
static token_cb nothing_cb(void) { return nothing; }
*/
import "C"

import (
	"fmt"
	"runtime"
	"unsafe"
)

type session struct {
	id    int32
	cache [1 << 18]byte
}

func register() {
	s := &session{id: 7}
	C.set_token_callback(C.nothing_cb(), unsafe.Pointer(s)) // want cgo-callback-pointer-kept
}

func main() {
	register()
	var kept []*session
	for range 200 {
		runtime.GC()
		kept = append(kept, new(session))
	}
	fmt.Printf("C reads %d instead of 7\n", C.read_user())
	runtime.KeepAlive(kept)
}
