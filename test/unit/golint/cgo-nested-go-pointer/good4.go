package main

// static void submit(void *request) { (void)request; }
import "C"

import "unsafe"

type point struct {
	X, Y float64
	Tags [4]int32
}

func (p *point) submit() {
	C.submit(unsafe.Pointer(p))
}

func main() {
	new(point).submit()
}
