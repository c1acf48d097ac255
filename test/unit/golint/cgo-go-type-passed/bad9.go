// Fails: run: panic: runtime error: .*cgo.* has Go pointer to unpinned Go (?:pointer|interface)
package main

/*
static void take(void *p) {}
*/
import "C"

import (
	"errors"
	"unsafe"
)

func report(err error) {
	C.take(unsafe.Pointer(&err)) // want cgo-go-type-passed
}

func main() { report(errors.New("no such model")) }
