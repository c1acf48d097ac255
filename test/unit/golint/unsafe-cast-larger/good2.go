package main

import "unsafe"

func view(p *int32, n int) []int32 {
	x := [4]int32{1, 2, 3, 4}
	all := (*[1 << 20]int32)(unsafe.Pointer(&x[0]))[:4:4]
	if n > len(all) {
		n = len(all)
	}
	return append((*[1 << 20]int32)(unsafe.Pointer(&x[0]))[:n:n], *p)
}

func main() {
	p := int32(1)
	println(len(view(&p, 2)))
}
