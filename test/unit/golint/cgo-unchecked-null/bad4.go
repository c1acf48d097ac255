// Fails: run: nil pointer dereference
package main

/*
#include <stdlib.h>
struct node { int weight; };
*/
import "C"

import (
	"fmt"
	"unsafe"
)

func nodes(n int) int {
	first := (*C.struct_node)(C.calloc(C.size_t(n), C.sizeof_struct_node)) // want cgo-unchecked-null
	defer C.free(unsafe.Pointer(first))
	first.weight = 3
	return int(first.weight)
}

func main() {
	fmt.Println(nodes(1 << 50))
}
