// Fails: run: panic: reflect: call of reflect.Value.Type on zero Value
package main

import (
	"fmt"
	"reflect"
)

type handler interface{ Serve() }

func main() {
	t := reflect.ValueOf((*handler)(nil)).Elem().Type() // want reflect-zero-value
	fmt.Println(t.NumMethod())
}
