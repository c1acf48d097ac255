package main

import "unsafe"

type point struct{ x, y int }

func flat(p []point) []int {
	return unsafe.Slice((*int)(unsafe.Pointer(unsafe.SliceData(p))), 2*len(p))
}

func main() { println(len(flat([]point{{1, 2}}))) }
