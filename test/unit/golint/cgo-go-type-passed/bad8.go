// Fails: run: Go pointer to unpinned Go pointer
package main

/*
static int entries(void *map) { return *(int *)map == 3; }
*/
import "C"

import (
	"fmt"
	"unsafe"
)

type index struct {
	byName map[string]int
	size   int
}

func main() {
	var i index
	i.byName = map[string]int{"a": 1}
	i.size = 3
	fmt.Println(C.entries(*(*unsafe.Pointer)(unsafe.Pointer(&i)))) // want cgo-go-type-passed
}
