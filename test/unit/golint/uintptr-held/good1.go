package main

import "unsafe"

type pair struct{ a, b int64 }

func second(p *pair) int64 {
	return *(*int64)(unsafe.Pointer(uintptr(unsafe.Pointer(p)) + unsafe.Offsetof(p.b)))
}

func main() { println(second(&pair{1, 2})) }
