// Fails: checkptr: converted pointer straddles multiple allocations
package main

import "unsafe"

var keys []uint32

func main() {
	keys = []uint32{1, 2, 3, 4}
	a := []uint32{5, 6, 7, 8}
	defer func() { keys = a }()
	pair := (*[2]uint64)(unsafe.Pointer(&a[2])) // want unsafe-cast-larger
	pair[1] = 9
	println(keys[0])
}
