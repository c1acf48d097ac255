// Fails: run: panic: reflect: reflect.Value.SetInt using unaddressable value
package main

import (
	"fmt"
	"reflect"
)

type options struct {
	Threads int
	Batch   int
}

func main() {
	o := options{Threads: 1, Batch: 8}
	v := reflect.ValueOf(o)
	for i := range v.NumField() {
		v.Field(i).SetInt(2 * v.Field(i).Int()) // want reflect-zero-value
	}
	fmt.Println(o)
}
