// Fails: run: unexpected fault address
package main

import "unsafe"

func main() {
	s := "hello"
	b := unsafe.Slice(unsafe.StringData(s), len(s))
	b[0] = 'H' // want string-bytes-write
	println(s)
}
