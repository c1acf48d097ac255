// Fails: run: panic: reads 1, not 2
package main

import "unsafe"

func deep(n int) int {
	var pad [256]byte
	if n == 0 {
		return int(pad[0])
	}
	return deep(n-1) + int(pad[n%256])
}

func work() int {
	x := 1
	addr := uintptr(unsafe.Pointer(&x))
	x += deep(1000) // the stack moves
	x = 2
	got := *(*int)(unsafe.Pointer(addr)) // want uintptr-held
	if got != x {
		println("x is", x)
		panic("reads 1, not 2")
	}
	return got
}

func main() {
	done := make(chan int)
	go func() { done <- work() }()
	<-done
}
