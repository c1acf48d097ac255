package main

/*
#include <stdlib.h>
#include <string.h>
*/
import "C"

import (
	"unsafe"
)

type name struct{ text *C.char }

func newName(s string) *name { return &name{text: C.CString(s)} }

func (n *name) Close() { C.free(unsafe.Pointer(n.text)) }

func main() {
	n := newName("x")
	defer n.Close()
	println(int(C.strlen(n.text)))
}
