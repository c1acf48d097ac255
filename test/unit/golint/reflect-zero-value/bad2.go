// Fails: run: panic: reflect: call of reflect.Value.Call on zero Value
package main

import (
	"fmt"
	"os"
	"reflect"
	"strings"
)

type tools struct{}

func (tools) Time() string { return "noon" }

// Call runs the tool that the model asks for.
func Call(t any, name string) string {
	method := strings.ToUpper(name[:1]) + name[1:]
	return reflect.ValueOf(t).MethodByName(method).Call(nil)[0].String() // want reflect-zero-value
}

func main() {
	fmt.Fprintln(os.Stderr, Call(tools{}, "time"))
	fmt.Fprintln(os.Stderr, Call(tools{}, "weather"))
}
