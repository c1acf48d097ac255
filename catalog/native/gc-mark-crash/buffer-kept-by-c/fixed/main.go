// Reads a token stream through a C reader that fills a buffer of Go, and drops the stream of a client that left.
package main

// #include "reader.h"
import "C"

import (
	"fmt"
	"runtime"
	"unsafe"
)

type Stream struct {
	buf []byte
	pin runtime.Pinner
}

func openStream() *Stream {
	s := &Stream{buf: make([]byte, 8<<10)}
	s.pin.Pin(&s.buf[0]) // C keeps it after the call returns
	C.reader_start((*C.char)(unsafe.Pointer(&s.buf[0])), C.size_t(len(s.buf)))
	return s
}

func (s *Stream) close() {
	C.reader_stop()
	s.pin.Unpin()
	s.buf = nil
}

type Message struct {
	previous *Message
	text     [1000]byte
}

var history *Message

func main() {
	s := openStream()
	C.reader_poll()
	s.close()
	for range 2 {
		runtime.GC() // stands for the allocations of other requests
	}
	for range 4096 {
		history = &Message{previous: history}
	}
	C.reader_poll()
	runtime.GC()
	fmt.Println("messages kept")
}
