// Fails: run: panic: runtime error: .*cgo.* has Go pointer to unpinned Go pointer
package main

/*
static int total(char **rows, int n) {
	int s = 0;
	for (int i = 0; i < n; i++) s += rows[i][0];
	return s;
}
*/
import "C"

import (
	"fmt"
	"unsafe"
)

func main() {
	one, two := []byte("one"), []byte("two")
	rows := make([]*C.char, 2)
	rows[0] = (*C.char)(unsafe.Pointer(&one[0]))
	rows[1] = (*C.char)(unsafe.Pointer(&two[0]))
	fmt.Println(C.total(&rows[0], 2)) // want cgo-nested-go-pointer
}
