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

//go:noinline
func grow(b *[medium]uint32) uint32 { return b[0] }

func main() {
	b := new([medium]uint32)
	b[0] = grow(b)
	var short [small]uint32
	wide := (*[large]uint32)(unsafe.Pointer(&short)) // want unsafe-cast-larger
	println(wide[0], b[0])
}
