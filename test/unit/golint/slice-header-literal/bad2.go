// Fails: run: panic: another text is there now
package main

import (
	"bytes"
	"reflect"
	"runtime"
	"unsafe"
)

var others [][]byte

// collected does what any call may: the collector runs, and others allocate.
func collected(n int) int {
	runtime.GC()
	runtime.GC()
	for range 100 {
		others = append(others, bytes.Repeat([]byte("y"), n))
	}
	return n
}

func text(n int) string {
	b := bytes.Repeat([]byte("x"), n)
	h := reflect.StringHeader{Data: uintptr(unsafe.Pointer(&b[0])), Len: n} // want slice-header-literal
	h.Len = collected(n)
	return *(*string)(unsafe.Pointer(&h))
}

func main() {
	if text(70000)[0] != 'x' {
		panic("another text is there now")
	}
}
