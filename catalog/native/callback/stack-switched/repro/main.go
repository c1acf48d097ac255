// Runs a generator that a C coroutine library keeps on a stack of its own.
package main

// #include "coro.h"
import "C"

import "fmt"

// goToken takes a token of the generator.
//
//export goToken
func goToken(token C.int) C.int {
	fmt.Println("token", token)
	return 0
}

func main() {
	C.coro_start(64 << 10)
	defer C.coro_stop()
	for C.coro_next() != 0 {
	}
	fmt.Println("end")
}
