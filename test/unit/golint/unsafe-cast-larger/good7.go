package main

import "unsafe"

type size int

const (
	_ size = 1 << (iota + 3)
	small
	medium, other = 1 << (iota + 3), iota
	large, another
)

const (
	first = iota * 10
	second

	third
)

func main() {
	var b [large]uint32
	narrow := (*[small]uint32)(unsafe.Pointer(&b))
	same := (*[32]uint32)(unsafe.Pointer((*[medium]uint32)(unsafe.Pointer(&b))))
	var rows [third]byte
	all := (*[20]byte)(unsafe.Pointer(&rows))
	println(narrow[0], same[31], all[19], another, other, first, second)
}
