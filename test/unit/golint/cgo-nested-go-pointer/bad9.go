// Fails: run: Go pointer to unpinned Go channel
package main

// static void watch(void *box) {}
import "C"

import "unsafe"

type box[T any] struct {
	id    int
	value T
}

func put[T any](b *box[T], value T) { b.value = value }

func main() {
	var done box[chan bool]
	put(&done, make(chan bool))
	C.watch(unsafe.Pointer(&done)) // want cgo-nested-go-pointer
}
