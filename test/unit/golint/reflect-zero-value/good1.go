package main

import (
	"fmt"
	"reflect"
)

type config struct{ Host, Model string }

func Apply(target any, settings map[string]string) error {
	v := reflect.ValueOf(target).Elem()
	for name, text := range settings {
		field := v.FieldByName(name)
		if !field.IsValid() || field.Kind() != reflect.String {
			return fmt.Errorf("no field %q", name)
		}
		field.SetString(text)
	}
	return nil
}

func Get(target any, name string) any {
	if field := reflect.Indirect(reflect.ValueOf(target)).FieldByName(name); field.IsValid() {
		return field.Interface()
	}
	return nil
}

func Kind(target any, name string) string {
	field := reflect.ValueOf(target).Elem().FieldByName(name)
	switch field.Kind() {
	case reflect.String:
		return field.Type().Name()
	}
	return ""
}

func Known(target any, name string) any {
	v := reflect.ValueOf(target).Elem()
	if _, ok := v.Type().FieldByName(name); !ok {
		return nil
	}
	return v.FieldByName(name).Interface()
}

func main() {
	c := &config{}
	fmt.Println(Apply(c, map[string]string{"Host": "h", "host": "i"}), Get(c, "x"), Kind(c, "Host"), Known(c, "y"))
}
