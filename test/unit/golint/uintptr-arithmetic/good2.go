package main

import (
	"fmt"
	"reflect"
	"unsafe"
)

type usage struct{ prompt, completion int64 }

func main() {
	u := &usage{1, 2}
	v := reflect.ValueOf(u)
	p := (*usage)(unsafe.Pointer(v.Pointer()))
	q := (*int64)(unsafe.Pointer(v.Elem().Field(1).UnsafeAddr()))
	r := (*int64)(unsafe.Add(unsafe.Pointer(v.Pointer()), 8))
	fmt.Println(p.prompt, *q, *r)
}
