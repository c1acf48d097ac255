// Parses a grammar with a C parser that reads its tokens from Go and ends a bad parse with longjmp.
package main

// #include "parse.h"
import "C"

import "fmt"

var tokens = []C.int{1, 2, 3, -1, 5}

// goRead returns the token at a position, -1 for one that ends the parse.
//
//export goRead
func goRead(at C.int) C.int {
	return tokens[at]
}

func main() {
	fmt.Println("sum", C.parse(3))
	fmt.Println("sum", C.parse(5))
}
