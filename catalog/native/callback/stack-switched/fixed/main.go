// Runs a generator that a C coroutine library keeps on a stack of its own.
package main

// #include "coro.h"
import "C"

import "fmt"

// goToken takes a token of the generator.
func goToken(token C.int) {
	fmt.Println("token", token)
}

func main() {
	C.coro_start(64 << 10)
	defer C.coro_stop()
	for token := C.coro_next(); token != 0; token = C.coro_next() {
		goToken(token) // on the thread's own stack: the generator has yielded
	}
	fmt.Println("end")
}
