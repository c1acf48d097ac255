// Fails: run: index out of range \[0\] with length 0
// The pointer is taken by a function for all types of elements.
package main

/*
static int eval(const void *tokens, int n) { return n; }
*/
import "C"

import "unsafe"

func pointer[T any](s []T) unsafe.Pointer {
	return unsafe.Pointer(&s[0]) // want cgo-empty-slice-pointer
}

func Eval(tokens []int32) int {
	return int(C.eval(pointer(tokens), C.int(len(tokens))))
}

func main() { println(Eval([]int32{1}), Eval(nil)) }
