package main

import "unsafe"

func sum(v []int64) (total int64) {
	p := unsafe.Pointer(unsafe.SliceData(v))
	for i := range v {
		total += *(*int64)(unsafe.Add(p, i*8))
	}
	return total
}

func main() { println(sum([]int64{1, 2})) }
