// Fails: run: unexpected fault address
package main

import "unsafe"

func toBytes(s string) []byte {
	if s == "" {
		return nil
	}
	return unsafe.Slice(unsafe.StringData(s), len(s))
}

func main() {
	const greeting = "hello, world"
	b := toBytes(greeting)
	copy(b, "HELLO") // want string-bytes-write
	println(string(b))
}
