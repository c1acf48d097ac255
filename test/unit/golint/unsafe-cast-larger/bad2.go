// Fails: checkptr: converted pointer straddles multiple allocations
package main

import "unsafe"

var kept []byte

func main() {
	buf := make([]byte, 16)
	kept = buf
	v := *(*[4]int64)(unsafe.Pointer(&buf[0])) // want unsafe-cast-larger
	println(v[3])
}
