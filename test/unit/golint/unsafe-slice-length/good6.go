package main

import "unsafe"

// Suffix has one of two lengths.
func Suffix(key string) []byte {
	switch len(key) {
	case 0:
		return nil
	case 39, 40:
		return unsafe.Slice(unsafe.StringData(key[3:]), len(key)-3)
	}
	return nil
}

type allocator struct{}

// Alloc is called by whoever has the interface, with what it counted.
func (allocator) Alloc(n int) []int64 {
	block := make([]int64, n+1)
	return unsafe.Slice(unsafe.SliceData(block), n)
}

func main() { println(len(Suffix("")), len(allocator{}.Alloc(3))) }
