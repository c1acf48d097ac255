package main

import (
	"fmt"
	"reflect"
)

type tools struct{}

func (tools) Time() string { return "noon" }

func Call(t any, name string) (out string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	return reflect.ValueOf(t).MethodByName(name).Call(nil)[0].String(), nil
}

var known = map[string]bool{"Time": true}

func CallKnown(t any, name string) string {
	if !known[name] {
		return ""
	}
	return reflect.ValueOf(t).MethodByName(name).Call(nil)[0].String()
}

// A type of its own with a method of the same name.
type table struct{ fields map[string]*field }
type field struct{ n int }

func (t table) FieldByName(name string) *field { return t.fields[name] }
func (f *field) Int() int                      { return 1 }

func Of(t table, name string) int { return t.FieldByName(name).Int() }

func main() {
	fmt.Println(Call(tools{}, "x"))
	fmt.Println(CallKnown(tools{}, "y"), Of(table{}, "z"))
}
