// Fails: run: Go pointer to unpinned Go slice
package main

// static void fill(void *batch) {}
import "C"

import "unsafe"

type batch struct {
	count int
	rows  [2]struct{ values []float32 }
}

func (b *batch) load(n int) {
	b.count = n
	b.rows[0].values = make([]float32, n)
}

func main() {
	var b batch
	b.load(3)
	C.fill(unsafe.Pointer(&b)) // want cgo-nested-go-pointer
}
