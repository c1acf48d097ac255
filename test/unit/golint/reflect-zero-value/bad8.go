// Fails: run: panic: reflect: reflect.Value.SetString using unaddressable value
package main

import (
	"fmt"
	"reflect"
)

func main() {
	name := new(string)
	reflect.ValueOf(name).SetString("model") // want reflect-zero-value
	fmt.Println(*name)
}
