package main

/*
static void *user;
static void set_log_callback(void *data) { user = data; }
*/
import "C"

import "unsafe"

type state struct{ level int32 }

var global state

// A variable of the package stays where it is.
func main() {
	C.set_log_callback(unsafe.Pointer(&global))
}
