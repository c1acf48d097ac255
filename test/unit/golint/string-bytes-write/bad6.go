// Fails: run: unexpected fault address
// The view comes out of a function, and each byte is written in a loop.
package main

import "unsafe"

func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

func upper(s string) string {
	b := bytesOf(s)
	for i := range b {
		if 'a' <= b[i] && b[i] <= 'z' {
			b[i] -= 'a' - 'A' // want string-bytes-write
		}
	}
	return s
}

func main() { println(upper("llama")) }
