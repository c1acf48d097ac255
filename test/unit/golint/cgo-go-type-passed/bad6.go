// Fails: vet: main.go:14:.* possibly passing Go type with embedded pointer to C
package main

// static long first_word(void *p) { return ((long *)p)[0]; }
import "C"

import (
	"fmt"
	"unsafe"
)

func main() {
	tokens := []int32{1}
	fmt.Println(C.first_word(unsafe.Pointer(&tokens))) // want cgo-go-type-passed
}
