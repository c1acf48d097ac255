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

type handle struct{ addr uintptr }

var others []*state

func open() handle {
	return handle{addr: uintptr(unsafe.Pointer(&state{id: 7}))}
}

func (h handle) id() int {
	return (*state)(unsafe.Pointer(h.addr)).id // want uintptr-held
}

func main() {
	h := open()
	runtime.GC()
	runtime.GC()
	for range 100 {
		others = append(others, &state{id: 8})
	}
	if h.id() != 7 {
		panic("another object is there now")
	}
}
