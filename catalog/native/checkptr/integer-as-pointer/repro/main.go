// Passes a request's number through the user-data pointer of a callback registry.
package main

import (
	"fmt"
	"unsafe"
)

type callback struct {
	fn   func(user unsafe.Pointer)
	user unsafe.Pointer
}

var registry []callback

// onDone registers a function and what it is called with.
func onDone(request uintptr, fn func(user unsafe.Pointer)) {
	registry = append(registry, callback{fn, unsafe.Pointer(request)})
}

func main() {
	onDone(7, func(user unsafe.Pointer) {
		fmt.Println("done", uintptr(user))
	})
	for _, c := range registry {
		c.fn(c.user)
	}
}
