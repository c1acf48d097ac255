package main

import "unsafe"

type header struct{ kind, size uint32 }

type message struct {
	header
	body [56]byte
}

func full(h *header) *message { return (*message)(unsafe.Pointer(h)) } // the caller has the whole

func main() {
	m := message{header: header{1, 2}}
	println(full(&m.header).size)
}
