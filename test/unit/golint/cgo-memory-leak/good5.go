package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import (
	"unsafe"
)

func maybe(s string, quiet bool) int {
	var cs *C.char
	if !quiet {
		cs = C.CString(s)
	}
	n := 0
	if cs != nil {
		n = int(C.strlen(cs))
		C.free(unsafe.Pointer(cs))
	}
	return n
}

func argv(args []string) int {
	list := make([]*C.char, 0, len(args))
	defer func() {
		for _, p := range list {
			C.free(unsafe.Pointer(p))
		}
	}()
	for _, arg := range args {
		p := C.CString(arg)
		list = append(list, p)
	}
	return len(list)
}

func main() { println(maybe("x", false), argv([]string{"a"})) }
