// Weight loader: fills the fields of a layer from named tensors by reflection.
package main

import (
	"fmt"
	"reflect"
)

type tensor struct {
	name   string
	values []float32
}

type attention struct {
	Query, Key, Value tensor
}

type layer struct {
	Attention *attention
	Norm      tensor
}

// assign stores each tensor in the field of its name.
func assign(target any, tensors []tensor) error {
	v := reflect.ValueOf(target).Elem()
	for _, t := range tensors {
		field := v.FieldByName(t.name)
		if !field.IsValid() {
			return fmt.Errorf("no field for tensor %q", t.name)
		}
		field.Set(reflect.ValueOf(t))
	}
	return nil
}

func loadLayer() (*layer, error) {
	l := &layer{}
	if err := assign(l, []tensor{{"Norm", []float32{1}}}); err != nil {
		return nil, err
	}
	fmt.Println("loaded the norm")
	err := assign(l.Attention, []tensor{{"Query", []float32{0.5}}, {"Key", []float32{0.25}}})
	return l, err
}

func main() {
	l, err := loadLayer()
	fmt.Println(l.Attention.Query.values, l.Attention.Key.values, err)
}
