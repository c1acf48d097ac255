package main

/*
#include <stdlib.h>
*/
import "C"

import "unsafe"

type view struct {
	data *int32
	kept []int32
}

func main() {
	p := (*int32)(C.malloc(64))
	defer C.free(unsafe.Pointer(p))
	*p = 1
	values := []int32{1, 2}
	v := &view{}
	v.data = &values[0]
	v.data = p
	v.kept = unsafe.Slice(p, 16)
	v.kept[0] = values[1]
}
