// Fails: run: C reads 0 instead of 3
package main

/*
typedef int (*event_cb)(void *user);
static int id(void *user) { return *(int *)user; }
static event_cb on_event;
static void *on_event_user;
static void hook(event_cb f, void *p) { on_event = f; on_event_user = p; }
static void register_event_handler(event_cb f, void *user) { hook(f, user); }
static void add_event_handler(event_cb f, void *user) { register_event_handler(f, user); }
static int fire(void) { return on_event(on_event_user); }
int event_id(void *user);
int event_id(void *user) { return id(user); }
*/
import "C"

import (
	"fmt"
	"runtime"
	"unsafe"
)

type client struct {
	id int32
	_  [1 << 18]byte
}

func (c *client) listen() {
	C.add_event_handler((C.event_cb)(C.event_id), unsafe.Pointer(c)) // want cgo-callback-pointer-kept
}

func main() {
	(&client{id: 3}).listen()
	var kept []*client
	for range 200 {
		runtime.GC()
		kept = append(kept, new(client))
	}
	fmt.Printf("C reads %d instead of 3\n", C.fire())
	runtime.KeepAlive(kept)
}
