// Fails: panic: runtime error: unsafe.Slice: len out of range, when the caller passes -1.
package main

import "unsafe"

// View makes a slice of what C gave.
func View(p unsafe.Pointer, n int32) []byte {
	if p == nil {
		return nil
	}
	return unsafe.Slice((*byte)(p), n) // want unsafe-slice-length
}

func main() {
	var b byte
	println(len(View(unsafe.Pointer(&b), -1)))
}
