package main

/*
static int eval(const void *tokens, int n) { return n; }
*/
import "C"

import "unsafe"

func pointer[T any](s []T) unsafe.Pointer {
	if len(s) == 0 {
		return nil
	}
	return unsafe.Pointer(&s[0])
}

// Only ever given what is not empty.
func first(s []int32) unsafe.Pointer { return unsafe.Pointer(&s[0]) }

func Eval(tokens []int32) int {
	if len(tokens) == 0 {
		return 0
	}
	return int(C.eval(first(tokens), 1)) + int(C.eval(pointer(tokens), C.int(len(tokens))))
}

func main() { println(Eval([]int32{1}), Eval(nil)) }
