// Fails: run: panic: another object is there now
package main

import (
	"runtime"
	"unsafe"
)

type state struct {
	id  int
	pad [9000]int
}

var others []*state

func open() uintptr {
	s := &state{id: 7}
	addr := uintptr(unsafe.Pointer(s))
	next := addr + 8
	if (*state)(unsafe.Pointer(next-8)).id != 7 { // want uintptr-held
		panic("gone")
	}
	return uintptr(unsafe.Pointer(s))
}

func main() {
	handle := open()
	runtime.GC()
	runtime.GC()
	for range 100 {
		others = append(others, &state{id: 8})
	}
	if first := (*state)(unsafe.Pointer(open())); first.id != 7 { // want uintptr-held
		panic("gone")
	}
	if *(*int)(*(*unsafe.Pointer)(unsafe.Pointer(&handle))) != 7 {
		panic("another object is there now")
	}
}
