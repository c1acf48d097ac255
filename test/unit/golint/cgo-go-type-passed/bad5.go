// Fails: run: panic: runtime error: .*cgo.* has Go pointer to unpinned Go pointer
package main

/*
typedef int (*progress)(int);
static int run(void *f) { return ((progress)f)(3); }
*/
import "C"

import (
	"fmt"
	"unsafe"
)

func main() {
	count := 0
	f := func(percent int32) int32 {
		count++
		return percent
	}
	fmt.Println(C.run(*(*unsafe.Pointer)(unsafe.Pointer(&f)))) // want cgo-go-type-passed
}
