// Fails: run: panic: another object is there now
package main

import (
	"runtime"
	"unsafe"
)

type node struct {
	id   int
	next *node
	pad  [9000]int
}

var others []*node

func main() {
	n := &node{id: 7}
	addr := uintptr(unsafe.Pointer(n))
	runtime.GC()
	runtime.GC()
	for range 100 {
		others = append(others, &node{id: 8})
	}
	if p := (*node)(unsafe.Pointer(addr)); p.id != 7 { // want uintptr-held
		panic("another object is there now")
	}
}
