package main

/*
static void *user;
static void set_progress_callback(void *data) { user = data; }
static int run(void) { return *(int *)user; }
*/
import "C"

import "unsafe"

func main() {
	percent := new(int32)
	C.set_progress_callback(unsafe.Pointer(percent))
	defer C.set_progress_callback(nil)
	C.run()
}
