// Fails: run: panic: runtime error: .*cgo.* has Go pointer to unpinned Go pointer
package main

// static void submit(void *request) { (void)request; }
import "C"

import (
	"strconv"
	"unsafe"
)

type Request struct {
	ID     int64
	Prompt string
}

func (r *Request) Submit() {
	C.submit(unsafe.Pointer(r)) // want cgo-nested-go-pointer
}

func main() {
	r := &Request{ID: 1, Prompt: strconv.Itoa(12345)}
	r.Submit()
}
