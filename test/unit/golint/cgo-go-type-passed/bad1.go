// Fails: run: panic: runtime error: .*cgo.* has Go pointer to unpinned Go (pointer|slice)
package main

/*
#include <string.h>
static void fill(void *p, int n) { memset(p, 1, n); }
*/
import "C"

import (
	"fmt"
	"unsafe"
)

func main() {
	buf := make([]byte, 512)
	C.fill(unsafe.Pointer(&buf), 512) // want cgo-go-type-passed
	fmt.Println(buf[0])
}
