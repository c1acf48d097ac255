// Fails: checkptr: converted pointer straddles multiple allocations
// The lengths are counted by iota.
package main

import "unsafe"

const (
	_ = 1 << (iota + 3)
	small
	medium
	large
)

var last *[small]uint32

func first(short [small]uint32) uint32 {
	last = &short
	wide := (*[large]uint32)(unsafe.Pointer(&short)) // want unsafe-cast-larger
	return wide[medium]
}

func main() { println(first([small]uint32{1})) }
