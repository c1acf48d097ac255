// Runs the self-test of a C library, gives its scratch memory back, and serves.
package main

// #include "arena.h"
import "C"

import "fmt"

var answers [][]byte

// serve keeps what was answered.
func serve(requests int) {
	for i := range requests {
		answers = append(answers, make([]byte, 10_000+i))
	}
}

func main() {
	if C.arena_self_test() == 0 {
		fmt.Println("the library's self-test failed")
		return
	}
	C.arena_close()
	serve(1000)
	fmt.Println("answers", len(answers))
}
