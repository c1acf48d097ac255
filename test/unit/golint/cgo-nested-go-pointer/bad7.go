// Fails: run: panic: runtime error: .*cgo.* has Go pointer to unpinned Go pointer
package main

// static void run(void *user) { (void)user; }
import "C"

import (
	"strings"
	"unsafe"
)

type state struct {
	id     int
	prompt string
}

func generate(prompt string) {
	s := &state{id: 1, prompt: prompt}
	C.run(unsafe.Pointer(s)) // want cgo-nested-go-pointer
	fixed := &state{id: 2, prompt: "fixed"}
	C.run(unsafe.Pointer(fixed))
}

func main() {
	generate(strings.Repeat("token ", 10))
}
