package main

/*
typedef int (*progress)(int);
int twice(int n) { return 2 * n; }
static int run(progress f) { return f(3); }
static void *get(void **slot) { *slot = 0; return *slot; }
*/
import "C"

import "unsafe"

func main() {
	C.run(C.progress(C.twice))
	var slot unsafe.Pointer
	C.get(&slot)
	text := []byte("abc")
	_ = *(*string)(unsafe.Pointer(&text))
}
