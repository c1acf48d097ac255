// Fails: vet: possible misuse of reflect.StringHeader
package main

import (
	"fmt"
	"reflect"
	"unsafe"
)

func text(b []byte) (s string) {
	*(*reflect.StringHeader)(unsafe.Pointer(&s)) = reflect.StringHeader{ // want slice-header-literal
		Data: uintptr(unsafe.Pointer(&b[0])),
		Len:  len(b),
	}
	return s
}

func main() { fmt.Println(text([]byte("text"))) }
