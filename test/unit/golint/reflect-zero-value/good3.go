package main

import (
	"fmt"
	"reflect"
)

type options struct{ Threads int }

func main() {
	o := options{}
	reflect.ValueOf(&o).Elem().Field(0).SetInt(4)
	p := &o
	reflect.ValueOf(p).Elem().FieldByName("Threads").SetInt(5)
	list := []int{1, 2}
	reflect.ValueOf(list).Index(0).SetInt(7)
	m := map[string]int{}
	reflect.ValueOf(m).SetMapIndex(reflect.ValueOf("a"), reflect.ValueOf(1))
	made := reflect.New(reflect.TypeOf(o)).Elem()
	made.Field(0).SetInt(3)
	if v := reflect.ValueOf(o); v.CanSet() {
		v.Set(reflect.ValueOf(options{}))
	}
	fmt.Println(o, list, m, made.Interface(), reflect.ValueOf(o).Field(0).Int())
}
