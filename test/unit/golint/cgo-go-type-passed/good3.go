package main

// static void set(void *p) { *(int *)p = 3; }
import "C"

import "unsafe"

func main() {
	var n int32
	var array [16]int32
	C.set(unsafe.Pointer(&n))
	C.set(unsafe.Pointer(&array))
	C.set(unsafe.Pointer(&array[3]))
}
