package main

import (
	"fmt"
	"reflect"
)

func fill(target any, members map[string]any) {
	v := reflect.ValueOf(target).Elem()
	for name, member := range members {
		field := v.FieldByName(name)
		if !field.IsValid() {
			continue
		}
		if member == nil {
			field.SetZero()
			continue
		}
		field.Set(reflect.ValueOf(member))
	}
}

func kinds(members map[string]any) {
	for name, member := range members {
		if v := reflect.ValueOf(member); v.IsValid() {
			fmt.Println(name, v.Type())
		}
	}
	fmt.Println(reflect.TypeOf((*error)(nil)).Elem().Name())
}

func main() {
	var a struct{ City any }
	fill(&a, map[string]any{"City": nil, "x": 1})
	kinds(map[string]any{"a": nil, "b": 2})
}
