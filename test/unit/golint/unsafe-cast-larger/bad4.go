// Fails: checkptr: converted pointer straddles multiple allocations
package main

import "unsafe"

type v1 struct{ id, size uint64 }

type v2 struct {
	v1
	checksum, flags uint64
}

var last *v1

func upgrade(old v1) v2 {
	last = &old
	return *(*v2)(unsafe.Pointer(&old)) // want unsafe-cast-larger
}

func main() {
	n := upgrade(v1{1, 2})
	println(n.flags)
}
