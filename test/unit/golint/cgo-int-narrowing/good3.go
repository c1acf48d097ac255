package main

/*
#include <stddef.h>
static void told(size_t bytes) { (void)bytes; }
static void count(int n) { (void)n; }
*/
import "C"

func send(vector []float32, threads int, name string, frame []byte) {
	C.told(C.size_t(len(vector) * 4))
	C.count(C.int(threads))
	C.count(C.int(len(vector)))
	C.count(C.int(len(name)))
	C.count(C.int(len(frame)))
}

func main() {
	send(make([]float32, 4), 2, "x", nil)
}
