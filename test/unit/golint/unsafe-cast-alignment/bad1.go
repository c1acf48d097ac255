// Fails: checkptr: misaligned pointer conversion
package main

import "unsafe"

type entry struct {
	next *entry
	size int
}

var arena []byte

func main() {
	arena = make([]byte, 1<<12)
	e := (*entry)(unsafe.Pointer(&arena[4])) // want unsafe-cast-alignment
	e.size = 3
	println(e.size)
}
