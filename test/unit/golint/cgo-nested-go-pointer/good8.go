package main

/*
#include <stdlib.h>
static void fill(void *batch) {}
static float *rows(int n) { return calloc(n, sizeof(float)); }
*/
import "C"

import (
	"fmt"
	"unsafe"
)

type box[T any] struct{ value T }

type view struct{ rows []float32 }

// Numbers, memory of C, and the address of the data itself.
func main() {
	var n box[int]
	C.fill(unsafe.Pointer(&n))
	var v view
	v.rows = unsafe.Slice((*float32)(C.rows(4)), 4)
	C.fill(unsafe.Pointer(&v))
	s := []int{1, 2}
	held := [1][]int{s}
	C.fill(*(*unsafe.Pointer)(unsafe.Pointer(&s)))
	C.fill(*(*unsafe.Pointer)(unsafe.Pointer(&held)))
	fmt.Println(n.value, v.rows[0])
}
