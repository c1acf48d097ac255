// Fails: run: panic: reflect: call of reflect.Value.Interface on zero Value
package main

import (
	"fmt"
	"reflect"
)

type usage struct{ PromptTokens, CompletionTokens int }

func main() {
	u := usage{1, 2}
	fmt.Println(reflect.ValueOf(&u).Elem().FieldByName("TotalTokens").Interface()) // want reflect-zero-value
}
