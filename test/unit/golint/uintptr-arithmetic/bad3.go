// Fails: checkptr: checkptr: pointer arithmetic result points to invalid allocation
package main

import (
	"fmt"
	"reflect"
	"unsafe"
)

type usage struct{ prompt, completion int64 }

func main() {
	v := reflect.ValueOf(&usage{1, 2})
	p := (*int64)(unsafe.Pointer(v.Pointer() + 8)) // want uintptr-arithmetic
	fmt.Println(*p)
}
