// Fails: run: panic: counted 0, not 1
package main

import "unsafe"

func deep(n int) int {
	var pad [256]byte
	if n == 0 {
		return int(pad[0])
	}
	return deep(n-1) + int(pad[n%256])
}

//go:noinline
func count(addr uintptr) {
	deep(1000)                      // the stack moves
	*(*int)(unsafe.Pointer(addr))++ // want uintptr-held
}

func work() {
	n := 0
	count(uintptr(unsafe.Pointer(&n)))
	if n != 1 {
		println("n is", n)
		panic("counted 0, not 1")
	}
}

func main() {
	done := make(chan int)
	go func() {
		work()
		close(done)
	}()
	<-done
}
