// Fails: panic: runtime error: unsafe.String: len out of range, for an input of fewer than 4 bytes.
package main

import "unsafe"

func body(packet []byte) string {
	return unsafe.String(unsafe.SliceData(packet), len(packet)-4) // want unsafe-slice-length
}

func main() { println(body([]byte{1})) }
