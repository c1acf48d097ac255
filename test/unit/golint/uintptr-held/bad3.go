// Fails: run: panic: the sum is
package main

import (
	"fmt"
	"runtime"
	"unsafe"
)

var others [][]int

func sum(n int) (total int) {
	v := make([]int, n)
	for i := range v {
		v[i] = 1
	}
	base := uintptr(unsafe.Pointer(&v[0]))
	for i := range n {
		if i == n/2 {
			runtime.GC()
			runtime.GC()
			for range 1000 {
				others = append(others, make([]int, n))
			}
		}
		total += *(*int)(unsafe.Pointer(base + uintptr(i)*8)) // want uintptr-held
	}
	return total
}

func main() {
	if got := sum(1000); got != 1000 {
		panic(fmt.Sprint("the sum is ", got))
	}
}
