// Fails: run: panic: reflect: call of reflect.Value.SetString on zero Value
package main

import (
	"fmt"
	"reflect"
)

type config struct{ Host, Model string }

func Apply(target any, settings map[string]string) {
	v := reflect.ValueOf(target).Elem()
	for name, text := range settings {
		field := v.FieldByName(name)
		field.SetString(text) // want reflect-zero-value
	}
}

func main() {
	c := &config{}
	Apply(c, map[string]string{"Model": "small", "host": "localhost"})
	fmt.Println(c)
}
