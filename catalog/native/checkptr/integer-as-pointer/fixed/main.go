// Passes a request's number through the user-data pointer of a callback registry.
package main

import "fmt"

type callback struct {
	fn   func(user uintptr)
	user uintptr
}

var registry []callback

// onDone registers a function and what it is called with.
func onDone(request uintptr, fn func(user uintptr)) {
	registry = append(registry, callback{fn, request})
}

func main() {
	onDone(7, func(user uintptr) {
		fmt.Println("done", user)
	})
	for _, c := range registry {
		c.fn(c.user)
	}
}
