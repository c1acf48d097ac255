package main

import (
	"fmt"
	"reflect"
)

type config struct{ Host, Model string }

// Names that are there by their nature.
func Copy(to, from any) {
	a, b := reflect.ValueOf(to).Elem(), reflect.ValueOf(from).Elem()
	for i := range a.NumField() {
		name := a.Type().Field(i).Name
		a.FieldByName(name).Set(b.FieldByName(name))
	}
	for _, name := range []string{"Host", "Model"} {
		fmt.Println(a.FieldByName(name).Interface())
	}
	fmt.Println(a.FieldByName("Host").String())
}

func Print(m any) {
	v := reflect.ValueOf(m)
	for _, key := range v.MapKeys() {
		fmt.Println(key.Interface(), v.MapIndex(key).Interface())
	}
	for it := v.MapRange(); it.Next(); {
		fmt.Println(v.MapIndex(it.Key()).Interface())
	}
}

func host(c *config, name string) string {
	return reflect.ValueOf(c).Elem().FieldByName(name).Interface().(string)
}

func main() {
	Copy(&config{}, &config{Host: "h"})
	Print(map[string]int{"a": 1})
	fmt.Println(host(&config{}, "Host"), host(&config{}, "Model"))
}
