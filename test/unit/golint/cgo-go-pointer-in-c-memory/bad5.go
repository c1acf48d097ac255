// Fails: run: C reads 0 instead of 3
package main

/*
#include <stdlib.h>
struct node { struct node *next; int weight; char pad[1 << 18]; };
static int second(struct node *n) { return n->next->weight; }
*/
import "C"

import (
	"fmt"
	"runtime"
	"unsafe"
)

func main() {
	head := (*C.struct_node)(C.malloc(C.sizeof_struct_node))
	defer C.free(unsafe.Pointer(head))
	next := &C.struct_node{weight: 3}
	head.next = next // want cgo-go-pointer-in-c-memory
	var kept []*C.struct_node
	for range 200 {
		runtime.GC()
		kept = append(kept, new(C.struct_node))
	}
	fmt.Printf("C reads %d instead of 3\n", C.second(head))
	runtime.KeepAlive(kept)
}
