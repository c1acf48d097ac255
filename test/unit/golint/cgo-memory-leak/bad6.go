// Fails: LeakSanitizer counts one block for each call.
package main

/*
static int total(const void *p, int n) { int t = 0; for (int i = 0; i < n; i++) t += ((const char *)p)[i]; return t; }
*/
import "C"

func total(b []byte) int {
	return int(C.total(C.CBytes(b), C.int(len(b)))) // want cgo-memory-leak
}

func main() {
	for range 1000 {
		total([]byte{1, 2, 3})
	}
}
