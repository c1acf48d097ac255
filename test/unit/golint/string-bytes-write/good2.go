package main

import "unsafe"

func fill(n int) string {
	buf := make([]byte, n)
	s := unsafe.String(unsafe.SliceData(buf), n)
	view := unsafe.Slice(unsafe.StringData(s), n)
	for i := range view {
		view[i] = 'x' // the bytes are buf's
	}
	return s
}

func main() { println(fill(3)) }
