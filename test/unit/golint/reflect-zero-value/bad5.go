// Fails: run: panic: reflect: call of reflect.Value.Set on zero Value
package main

import (
	"encoding/json"
	"fmt"
	"reflect"
)

type arguments struct {
	City string
	Unit any
}

func fill(target any, text string) error {
	var members map[string]any
	if err := json.Unmarshal([]byte(text), &members); err != nil {
		return err
	}
	v := reflect.ValueOf(target).Elem()
	for name, member := range members {
		field := v.FieldByName(name)
		if !field.IsValid() {
			return fmt.Errorf("no field %q", name)
		}
		field.Set(reflect.ValueOf(member)) // want reflect-zero-value
	}
	return nil
}

func main() {
	var a arguments
	fmt.Println(fill(&a, `{"City":"Oslo"}`), a)
	fmt.Println(fill(&a, `{"Unit":null}`), a)
}
