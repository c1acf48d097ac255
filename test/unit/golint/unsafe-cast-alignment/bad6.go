// Fails: checkptr: misaligned pointer conversion
package main

import "unsafe"

type packet struct {
	kind [4]byte
	body [32]byte
}

type view struct{ data *byte }

type record struct {
	id   uint64
	body [24]byte
}

var (
	kept = new(packet)
	last = new(record)
)

func main() {
	v := (*view)(unsafe.Pointer(&kept.body))           // want unsafe-cast-alignment
	w := (*view)(unsafe.Add(unsafe.Pointer(last), 12)) // want unsafe-cast-alignment
	println(v.data, w.data)
}
