// Fails: run: (SIGSEGV|SIGILL|SIGTRAP|SIGBUS|unexpected signal|fatal error)
package main

/*
typedef int (*progress)(int);
static int run(void *f) { return ((progress)f)(3); }
*/
import "C"

import (
	"fmt"
	"reflect"
	"unsafe"
)

func onProgress(percent int32) int32 {
	fmt.Println(percent)
	return percent
}

func main() {
	C.run(unsafe.Pointer(reflect.ValueOf(onProgress).Pointer())) // want cgo-go-type-passed
}
