// Fails: run: panic: another object is there now
package main

import (
	"runtime"
	"unsafe"
)

type config struct {
	id  int
	pad [9000]int
}

var (
	current uintptr
	others  []*config
)

func load() {
	c := new(config)
	c.id = 7
	current = uintptr(unsafe.Pointer(c))
}

func get() *config {
	return (*config)(unsafe.Pointer(current)) // want uintptr-held
}

func main() {
	load()
	runtime.GC()
	runtime.GC()
	for range 100 {
		others = append(others, &config{id: 8})
	}
	if get().id != 7 {
		panic("another object is there now")
	}
}
