// Fails: run: panic: reads 1, not 2
package main

import (
	"reflect"
	"unsafe"
)

func deep(n int) int {
	var pad [256]byte
	if n == 0 {
		return int(pad[0]) + 4
	}
	return deep(n-1) + int(pad[n%256])
}

func work() {
	var a [4]int
	a[0] = 1
	h := reflect.SliceHeader{Data: uintptr(unsafe.Pointer(&a[0])), Len: 4, Cap: 4} // want slice-header-literal
	a[1] = deep(1000)                                                              // the stack moves
	v := *(*[]int)(unsafe.Pointer(&h))
	a[0] = 2
	if v[0] != 2 {
		panic("reads 1, not 2")
	}
}

func main() {
	done := make(chan bool)
	go func() { work(); close(done) }()
	<-done
}
