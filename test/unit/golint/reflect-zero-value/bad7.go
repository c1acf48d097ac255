// Fails: run: panic: reflect: call of reflect.Value.Int on zero Value
package main

import (
	"fmt"
	"reflect"
)

func Limit(limits any, model string) int64 {
	limit := reflect.ValueOf(limits).MapIndex(reflect.ValueOf(model))
	return limit.Int() // want reflect-zero-value
}

func main() {
	limits := map[string]int{"small": 10}
	fmt.Println(Limit(limits, "small"))
	fmt.Println(Limit(limits, "large"))
}
